-- Of an upload that was not completed nothing is left.
DELETE FROM alohub.upload WHERE id = :id::uuid AND state = 'UPLOADING'
