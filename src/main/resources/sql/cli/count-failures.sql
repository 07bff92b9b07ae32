-- Customers whose last call failed, by what it came to and by the source of their newest row. A
-- lease that ended before its customer's first attempt was settled does not count: what stands
-- there is the outcome of an earlier revision.
SELECT 'FAILURE' AS kind, account, reason, status, source, count(*) AS count, min(updated_at) AS first, max(updated_at) AS last,
       alohub.masked((array_agg(phone ORDER BY updated_at DESC))[1]) AS example
FROM (
  SELECT c.account, c.last_outcome || coalesce('.' || c.http_status, '') AS reason, CASE WHEN d.dead THEN 'DEAD' ELSE 'RETRYING' END AS status,
         c.updated_at, c.phone,
         (SELECT left(o.source, 100) FROM alohub.customer_outbox o
          WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) AS source
  FROM (SELECT customer_id, dead FROM alohub.due
        WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND hold IS NULL -- the first is the predicate of due_trouble
          AND (lease_until IS NULL OR lease_until <= statement_timestamp()) AND (:account::text IS NULL OR account = :account::text)) d
  CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status, updated_at, phone FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c
  WHERE c.last_outcome IS NOT NULL AND (:since::timestamptz IS NULL OR c.updated_at >= :since::timestamptz)) failed
GROUP BY account, reason, status, source ORDER BY count(*) DESC, account, reason, status, source
