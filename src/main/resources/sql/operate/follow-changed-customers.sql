-- Writes the names and e-mails of customers that rows have changed, to search by: of the newest so
-- many of these rows.
INSERT INTO alohub.customer_search AS s (customer_id, account, name_key, email_key)
SELECT c.id, c.account, alohub.folded(c.name), left(lower(c.email), 100)
FROM (SELECT DISTINCT o.customer_id FROM (
        SELECT customer_id, carries_name, carries_email, revision FROM alohub.customer_outbox WHERE id > :after AND id <= :seen ORDER BY id DESC LIMIT :most) o
      WHERE o.revision > 1 AND (o.carries_name OR o.carries_email)) changed
JOIN alohub.customer c ON c.id = changed.customer_id
ON CONFLICT (customer_id) DO UPDATE SET name_key = excluded.name_key, email_key = excluded.email_key
WHERE s.name_key IS DISTINCT FROM excluded.name_key OR s.email_key IS DISTINCT FROM excluded.email_key
