-- How far the work has come, and its lease goes on. No row: it was cancelled, or another replica
-- has it.
UPDATE alohub.upload
SET lines = :lines, written = :written, leased_until = clock_timestamp() + make_interval(secs => :lease),
    takes = CASE WHEN :lines > lines AND state = 'IMPORTING' THEN 1 ELSE takes END
WHERE id = :id::uuid AND worker = :worker::uuid
