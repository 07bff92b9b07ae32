-- Of an upload that was not completed nothing is left. Without a worker: of any, since it is sent
-- once more.
DELETE FROM alohub.upload WHERE id = :id::uuid AND (:worker::uuid IS NULL OR worker = :worker::uuid) AND state = 'UPLOADING'
