-- A piece of the report of rejected lines.
INSERT INTO alohub.upload_chunk (upload_id, kind, n, bytes)
SELECT id, 'REPORT', :n, :bytes FROM alohub.upload WHERE id = :id::uuid AND worker = :worker::uuid
