-- These customers, each cut to what a line of a list shows.
SELECT id, account, phone, left(name, 255), left(email, 254), status, wanted_revision, delivered_revision, attempts, next_attempt_at,
       left(hold_reason, 500), last_outcome, http_status, left(error, 1000), delivered_at, created_at, updated_at
FROM alohub.sync_status WHERE id = ANY (:ids::bigint[])
