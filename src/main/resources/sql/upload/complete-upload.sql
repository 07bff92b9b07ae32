-- The file is here whole.
UPDATE alohub.upload SET state = 'UPLOADED', digest = :digest, worker = NULL
WHERE id = :id::uuid AND worker = :worker::uuid AND state = 'UPLOADING'
