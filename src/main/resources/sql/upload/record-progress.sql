-- How far the work has come, and its lease goes on; null: as it was said last. No row: it was
-- cancelled, or another replica has it.
UPDATE alohub.upload
SET lines = coalesce(:lines::bigint, lines), written = coalesce(:written::bigint - written_before, written),
    leased_until = clock_timestamp() + make_interval(secs => :lease), takes = CASE WHEN :lines::bigint > lines AND state = 'IMPORTING' THEN 1 ELSE takes END
WHERE id = :id::uuid AND worker = :worker::uuid
