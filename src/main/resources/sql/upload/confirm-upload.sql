-- A person has confirmed the preview.
UPDATE alohub.upload
SET state = 'CONFIRMED', why = :why, again = :again, vietnamese = :vietnamese, lines = 0, takes = 0, confirmed_at = clock_timestamp()
WHERE id = :id::uuid AND state = 'PREVIEWED' AND fault IS NULL
RETURNING account, (preview ->> 'usable')::bigint
