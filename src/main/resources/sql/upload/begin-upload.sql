-- Begins an upload, which the worker's pieces alone are added to. No row: so many wait already.
INSERT INTO alohub.upload (id, worker, person, name, account, source, sheet, columns)
SELECT :id::uuid, :worker::uuid, :person, :name, :account, :source, :sheet, :columns::jsonb
WHERE (SELECT count(*) FROM alohub.upload WHERE ended_at IS NULL) < :most
RETURNING id::text
