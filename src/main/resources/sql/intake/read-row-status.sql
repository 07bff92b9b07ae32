-- The status of a row that this source wrote over HTTP: another user's row of the same source is
-- none of its business.
SELECT id, status, reason, reason_vi, reason_codes FROM alohub.outbox_status
WHERE id = :id AND source = :source AND written_by = session_user
