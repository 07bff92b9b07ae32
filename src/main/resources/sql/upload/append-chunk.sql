-- A piece of the file, while it is being uploaded. No row: the upload was given up meanwhile, or is
-- sent once more.
WITH upload AS (
  UPDATE alohub.upload SET size = size + length(:bytes::bytea) WHERE id = :id::uuid AND worker = :worker::uuid AND state = 'UPLOADING' RETURNING id
)
INSERT INTO alohub.upload_chunk (upload_id, kind, n, bytes) SELECT id, 'FILE', :n, :bytes::bytea FROM upload
