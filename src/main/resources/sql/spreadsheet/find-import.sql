-- How far this import has come.
SELECT lines, written, finished_at IS NOT NULL AS finished FROM alohub.file_import WHERE key = :key
