-- The newest calls for a customer.
SELECT started_at, revision, attempt, outcome, http_status, error, duration_ms, replica FROM alohub.delivery_attempt
WHERE phone = :phone AND account = :account ORDER BY id DESC LIMIT :most
