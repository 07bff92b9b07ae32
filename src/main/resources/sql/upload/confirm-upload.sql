-- A person has confirmed the preview, the one that was seen; null: whichever it is.
UPDATE alohub.upload
SET state = 'CONFIRMED', why = :why, again = :again, vietnamese = :vietnamese, lines = 0, takes = 0, confirmed_at = clock_timestamp()
WHERE id = :id::uuid AND state = 'PREVIEWED' AND fault IS NULL AND (:seen::integer IS NULL OR previews = :seen::integer)
RETURNING account, (preview ->> 'usable')::bigint
