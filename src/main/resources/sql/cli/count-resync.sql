-- What a resync would do with the next customers, by account. The last row has the last of their
-- ids, which is null where there are none.
WITH page AS MATERIALIZED (
  SELECT id, account, updated_at, lease_token FROM alohub.customer WHERE id > :after ORDER BY id LIMIT :most)
SELECT NULL::bigint AS last_id, p.account,
       count(*) FILTER (WHERE d.customer_id IS NULL AND p.lease_token IS NULL) AS calls,
       count(*) FILTER (WHERE d.hold IS NULL AND d.dead IS NOT TRUE AND (d.customer_id IS NOT NULL OR p.lease_token IS NOT NULL)) AS waiting,
       count(*) FILTER (WHERE d.hold IS NOT NULL) AS held,
       count(*) FILTER (WHERE d.hold IS NULL AND d.dead) AS dead
FROM page p LEFT JOIN alohub.due d ON d.customer_id = p.id
WHERE p.account = coalesce(:account, p.account) AND (:since::timestamptz IS NULL OR p.updated_at >= :since::timestamptz)
GROUP BY p.account
UNION ALL
SELECT max(id), NULL, 0, 0, 0, 0 FROM page
