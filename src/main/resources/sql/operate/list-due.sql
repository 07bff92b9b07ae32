-- The newest customers that are not at rest: of so many that are looked at, those of the statuses
-- and the account, and the last of the look. Those leased as they were merged have no row in due.
-- Time is the statement's.
WITH merged AS MATERIALIZED (
  SELECT c.id AS customer_id, c.account, l.lease_until
  FROM alohub.merge_lease l CROSS JOIN LATERAL unnest(l.customers) AS n (customer_id)
  JOIN alohub.customer c ON c.id = n.customer_id AND c.lease_token = l.token
  WHERE n.customer_id < :before)
SELECT customer_id, meant, n = :looks, NULL
FROM (SELECT customer_id, row_number() OVER (ORDER BY customer_id DESC) AS n,
             (:account::text IS NULL OR account = :account) AND status = ANY (:statuses::text[]) AS meant
      FROM (SELECT customer_id, account, CASE
              WHEN lease_until > statement_timestamp() THEN 'SENDING' WHEN hold IS NOT NULL THEN 'HELD' WHEN dead THEN 'DEAD'
              WHEN attempts > 0 OR lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END AS status
            FROM (SELECT * FROM alohub.due WHERE customer_id < :before ORDER BY customer_id DESC LIMIT :looks) d
            UNION ALL
            SELECT customer_id, account, CASE WHEN lease_until > statement_timestamp() THEN 'SENDING' ELSE 'RETRYING' END FROM merged) a
      ORDER BY customer_id DESC LIMIT :looks) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
