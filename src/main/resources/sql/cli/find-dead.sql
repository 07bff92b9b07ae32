-- Those customers, some at a time: the index is entered behind the last one, however many are dead.
SELECT d.customer_id
FROM (SELECT customer_id FROM alohub.due
      WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND dead AND hold IS NULL AND customer_id > :after -- the first is the predicate of due_trouble
        AND (lease_until IS NULL OR lease_until <= statement_timestamp()) AND (:account::text IS NULL OR account = :account::text)
      ORDER BY customer_id) d
CROSS JOIN LATERAL (SELECT last_outcome, http_status, updated_at FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c
WHERE (:since::timestamptz IS NULL OR c.updated_at >= :since::timestamptz)
  AND (:reason::text IS NULL OR :reason IN (c.last_outcome, c.last_outcome || coalesce('.' || c.http_status, '')))
ORDER BY d.customer_id LIMIT :most
