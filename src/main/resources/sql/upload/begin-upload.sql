-- Begins an upload. No row: so many wait already.
INSERT INTO alohub.upload (person, name, account, source, sheet, columns)
SELECT :person, :name, :account, :source, :sheet, :columns::jsonb
WHERE (SELECT count(*) FROM alohub.upload WHERE ended_at IS NULL) < :most
RETURNING id::text
