-- The newest customers that are dead, held or being retried: of so many that are looked at, those
-- of the status and the account, and the last of the look.
SELECT customer_id, meant, n = :looks, NULL
FROM (SELECT customer_id, row_number() OVER (ORDER BY customer_id DESC) AS n,
             (:account::text IS NULL OR account = :account) AND :status = CASE
               WHEN lease_until > statement_timestamp() THEN 'SENDING' WHEN hold IS NOT NULL THEN 'HELD' WHEN dead THEN 'DEAD' ELSE 'RETRYING' END AS meant
      FROM (SELECT * FROM alohub.due WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND customer_id < :before
            ORDER BY customer_id DESC LIMIT :looks) d) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
