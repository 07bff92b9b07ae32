-- Stops an action where it is: what it has done stays done. Its next step ends it, once the answers have come.
UPDATE alohub.bulk_action SET state = 'STOPPING', stopped_by = :person, sent_at = clock_timestamp(), next_at = clock_timestamp()
WHERE id = :id::uuid AND ended_at IS NULL AND stopped_by IS NULL RETURNING account, items
