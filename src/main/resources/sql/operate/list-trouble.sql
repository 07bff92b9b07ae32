-- The newest customers that are dead, held or being retried: of so many that are looked at, those of the status and the account.
SELECT d.customer_id, (:account::text IS NULL OR d.account = :account) AND :status = CASE
         WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD' ELSE 'RETRYING' END AS meant
FROM (SELECT * FROM alohub.due WHERE (dead OR hold IS NOT NULL OR attempts > 0) AND customer_id < :before ORDER BY customer_id DESC LIMIT :looks) d
ORDER BY d.customer_id DESC
