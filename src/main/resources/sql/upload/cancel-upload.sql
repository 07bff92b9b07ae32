-- Ends an upload where it is. What was written stays; who works on it finds its writes refused.
UPDATE alohub.upload SET state = 'CANCELLED', worker = NULL, leased_until = '-infinity', ended_at = clock_timestamp()
WHERE id = :id::uuid AND ended_at IS NULL AND state <> 'UPLOADING' RETURNING account, written
