-- The file is imported whole.
UPDATE alohub.file_import SET finished_at = clock_timestamp(), updated_at = clock_timestamp() WHERE key = :key AND lines = :lines
