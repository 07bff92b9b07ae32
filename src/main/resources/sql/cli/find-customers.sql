-- The customers of a phone, one per account. No account: of all.
SELECT id, account, phone, name, email, status, wanted_revision, delivered_revision, attempts, next_attempt_at, hold_reason, last_outcome,
       http_status, error, delivered_at, created_at, updated_at
FROM alohub.sync_status WHERE phone = :phone AND (:account::text IS NULL OR account = :account::text) ORDER BY account
