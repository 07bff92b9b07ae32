-- The newest calls for a customer before one.
SELECT id, started_at, revision, attempt, outcome, http_status, left(error, 2000), duration_ms, replica FROM alohub.delivery_attempt
WHERE phone = :phone AND account = :account AND id < :before ORDER BY id DESC LIMIT :most
