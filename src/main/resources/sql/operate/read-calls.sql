-- The newest calls before one: of so many that are looked at, those meant, and the last of the
-- look. The history has no index by time or outcome, and needs none for this.
SELECT id, started_at, account, customer_id, phone, revision, attempt, outcome, http_status, left(error, 1000), duration_ms, replica, meant, n = :looks
FROM (SELECT c.*, row_number() OVER (ORDER BY id DESC) AS n,
             (:account::text IS NULL OR c.account = :account) AND (cardinality(:outcomes::text[]) = 0 OR c.outcome = ANY (:outcomes))
               AND (:since::timestamptz IS NULL OR c.started_at >= :since) AS meant
      FROM (SELECT * FROM alohub.delivery_attempt WHERE id < :before ORDER BY id DESC LIMIT :looks) c) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
