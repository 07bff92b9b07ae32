-- The newest customers that are not at rest: of so many that are looked at, those of the status and the account. Time is the statement's.
SELECT d.customer_id, (:account::text IS NULL OR d.account = :account) AND :status = CASE
         WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD'
         WHEN d.attempts > 0 OR d.lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END AS meant
FROM (SELECT * FROM alohub.due WHERE customer_id < :before ORDER BY customer_id DESC LIMIT :looks) d ORDER BY d.customer_id DESC
