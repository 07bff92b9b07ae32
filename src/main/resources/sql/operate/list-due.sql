-- The newest customers that are not at rest: of so many that are looked at, those of the statuses
-- and the account, and the last of the look. Time is the statement's.
SELECT customer_id, meant, n = :looks
FROM (SELECT customer_id, row_number() OVER (ORDER BY customer_id DESC) AS n,
             (:account::text IS NULL OR account = :account) AND CASE
               WHEN lease_until > statement_timestamp() THEN 'SENDING' WHEN hold IS NOT NULL THEN 'HELD' WHEN dead THEN 'DEAD'
               WHEN attempts > 0 OR lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END = ANY (:statuses::text[]) AS meant
      FROM (SELECT * FROM alohub.due WHERE customer_id < :before ORDER BY customer_id DESC LIMIT :looks) d) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
