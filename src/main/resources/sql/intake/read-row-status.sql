-- The status of a row that this source wrote over HTTP or in an import. Another one of the same source is none of its business: a source
-- may not write ranks_by_id. The user that wrote it would not do: the daemon's own may change.
SELECT id, status, reason, reason_vi, reason_codes FROM alohub.outbox_status
WHERE id = :id AND source = :source AND (SELECT ranks_by_id FROM alohub.customer_outbox WHERE id = :id)
