-- What would come of the file, or why it can't be imported as it was asked for: a person decides.
UPDATE alohub.upload
SET state = 'PREVIEWED', previews = previews + 1, preview = :preview::jsonb, fault = :fault, fault_line = :line, fault_detail = :detail, lines = :lines, takes = 0,
    worker = NULL, leased_until = '-infinity'
WHERE id = :id::uuid AND worker = :worker::uuid
