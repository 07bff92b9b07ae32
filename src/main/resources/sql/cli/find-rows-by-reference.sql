-- The newest rows with a source's own key.
SELECT id, account, source, source_ref, phone, status, reason, reason_vi, reason_codes, customer_id, created_at, merged_at, written_by
FROM alohub.outbox_status
WHERE source_ref = left(:reference, 500) COLLATE "C" AND (:account::text IS NULL OR account = :account::text) ORDER BY id DESC LIMIT :most
