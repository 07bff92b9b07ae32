-- Dead customers by what their last call came to. The code: outcome and status, as REFUSED.422.
SELECT c.account, c.last_outcome || coalesce('.' || c.http_status, '') AS reason, count(*) AS customers,
       min(c.updated_at) AS first, max(c.updated_at) AS last
FROM (SELECT customer_id FROM alohub.due
      WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND dead AND hold IS NULL -- the first is the predicate of due_trouble
        AND (lease_until IS NULL OR lease_until <= statement_timestamp()) AND (:account::text IS NULL OR account = :account::text)) d
CROSS JOIN LATERAL (SELECT account, last_outcome, http_status, updated_at FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c
WHERE (:since::timestamptz IS NULL OR c.updated_at >= :since::timestamptz)
  AND (:reason::text IS NULL OR :reason IN (c.last_outcome, c.last_outcome || coalesce('.' || c.http_status, '')))
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
