-- Customers of one group of failures: of so many of the newest that are looked at.
SELECT count(*), count(*) FILTER (WHERE dead), (SELECT count(*) FROM (SELECT FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 LIMIT :looks) n)
FROM (SELECT customer_id, dead, hold FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 ORDER BY customer_id DESC LIMIT :looks) d
CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c -- not to be turned round: an account is no bound
WHERE d.hold IS NULL AND c.account = :account AND c.last_outcome || coalesce('.' || c.http_status, '') = :reason
  AND (SELECT left(o.source, 100) FROM alohub.customer_outbox o
       WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) IS NOT DISTINCT FROM :source::text
