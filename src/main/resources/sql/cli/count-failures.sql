-- Customers whose last call failed, by what it came to and by the source of their newest row.
SELECT 'FAILURE' AS kind, s.account, s.last_outcome || coalesce('.' || s.http_status, '') AS reason, s.status, newest.source,
       count(*) AS count, min(s.updated_at) AS first, max(s.updated_at) AS last,
       alohub.masked((array_agg(s.phone ORDER BY s.updated_at DESC))[1]) AS example
FROM alohub.sync_status s
LEFT JOIN LATERAL (
  SELECT left(o.source, 100) AS source FROM alohub.customer_outbox o WHERE o.customer_id = s.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) newest ON true
WHERE s.status IN ('DEAD', 'RETRYING') AND s.last_outcome IS NOT NULL AND (:account::text IS NULL OR s.account = :account::text)
  AND (:since::timestamptz IS NULL OR s.updated_at >= :since::timestamptz)
GROUP BY s.account, 3, s.status, newest.source ORDER BY count(*) DESC, 2, 3, 4, 5
