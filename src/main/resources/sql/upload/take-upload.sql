-- The oldest upload that there is something to do for, leased. Over all replicas one at a time.
UPDATE alohub.upload
SET worker = :worker::uuid, leased_until = clock_timestamp() + make_interval(secs => :lease), takes = takes + 1,
    state = CASE state WHEN 'UPLOADED' THEN 'PREVIEWING' ELSE state END
WHERE id = (SELECT id FROM alohub.upload
            WHERE state IN ('UPLOADED', 'PREVIEWING', 'CONFIRMED', 'IMPORTING') AND leased_until <= clock_timestamp()
            ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  AND NOT EXISTS (SELECT FROM alohub.upload WHERE ended_at IS NULL AND leased_until > clock_timestamp())
RETURNING id::text, state, account, source, sheet, columns::text, vietnamese, again, takes
