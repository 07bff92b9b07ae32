-- The next customers of a group behind one: of so many in trouble that are looked at. The last
-- columns: where the look ended, and how many.
SELECT f.id, l.last, l.count
FROM (SELECT max(customer_id) AS last, count(*) AS count FROM (
        SELECT customer_id FROM alohub.due WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND customer_id > :after
        ORDER BY customer_id LIMIT :looks) n) l
LEFT JOIN LATERAL (
  -- In the order of the index, so that it ends with the last one that is acted on
  SELECT d.customer_id AS id FROM (
    SELECT customer_id, hold, dead FROM alohub.due WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND customer_id > :after
    ORDER BY customer_id LIMIT :looks) d
  CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status, updated_at FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c -- not to be turned round: an account is no bound
  WHERE d.hold IS NULL AND (d.dead OR NOT :dead) AND c.account = :account AND c.last_outcome || coalesce('.' || c.http_status, '') = :reason
    AND (NOT :dead OR c.updated_at <= :up_to) -- a retry: those that failed before it started; a hold: also those that failed again since
    AND (SELECT left(o.source, 100) FROM alohub.customer_outbox o
         WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) IS NOT DISTINCT FROM :source::text
  ORDER BY d.customer_id LIMIT :most) f ON true
ORDER BY f.id
