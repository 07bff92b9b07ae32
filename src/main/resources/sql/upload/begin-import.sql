-- How far the import of this content is kept; a finished one begins anew only if a person asked for
-- it.
INSERT INTO alohub.file_import AS i (key, file_digest, account, source) VALUES (:key, :digest, :account, :source)
ON CONFLICT (key) DO UPDATE SET lines = 0, written = 0, started_at = clock_timestamp(), updated_at = clock_timestamp(), finished_at = NULL
WHERE :again AND i.finished_at IS NOT NULL
