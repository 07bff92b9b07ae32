-- Of a customer: whether the CRM accepted the wanted values, and else the newest that it accepted,
-- as their rows said them.
SELECT c.delivered_revision, c.name_revision <= c.delivered_revision, c.email_revision <= c.delivered_revision,
       (SELECT left(o.name, 300) FROM alohub.customer_outbox o
        WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' AND o.carries_name AND o.revision <= c.delivered_revision
        ORDER BY o.revision DESC, o.id DESC LIMIT 1),
       (SELECT left(o.email, 300) FROM alohub.customer_outbox o
        WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' AND o.carries_email AND o.revision <= c.delivered_revision
        ORDER BY o.revision DESC, o.id DESC LIMIT 1)
FROM alohub.customer c WHERE c.id = :customer
