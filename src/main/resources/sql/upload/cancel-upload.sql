-- Ends an upload where it is. What was written stays; the writes of a replica that works on it are
-- refused.
UPDATE alohub.upload SET state = 'CANCELLED', worker = NULL, leased_until = '-infinity', ended_at = clock_timestamp()
WHERE id = :id::uuid AND ended_at IS NULL AND state <> 'UPLOADING' RETURNING account, written
