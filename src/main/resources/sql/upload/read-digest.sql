-- What an upload of the same key was of.
SELECT digest, account, source FROM alohub.upload WHERE id = :id::uuid AND state <> 'UPLOADING'
