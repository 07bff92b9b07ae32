-- Counts the lines of a batch in the transaction of its rows. No row: another run has counted in
-- between, and this batch is written already.
UPDATE alohub.file_import SET lines = lines + :lines, written = written + :written, updated_at = clock_timestamp()
WHERE key = :key AND lines = :before AND finished_at IS NULL
