-- The file is here whole.
UPDATE alohub.upload SET state = 'UPLOADED', digest = :digest WHERE id = :id::uuid AND state = 'UPLOADING'
