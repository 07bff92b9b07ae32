-- In the transaction that begins the import: it is begun once. What an earlier import of the same
-- file has written is not this one's.
UPDATE alohub.upload SET state = 'IMPORTING', written_before = (SELECT written FROM alohub.file_import WHERE key = :key)
WHERE id = :id::uuid AND worker = :worker::uuid AND state = 'CONFIRMED'
