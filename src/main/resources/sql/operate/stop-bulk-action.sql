-- Ends an action where it is: what it has done stays done.
UPDATE alohub.bulk_action SET state = 'STOPPED', ended_at = clock_timestamp(), stopped_by = :person
WHERE id = :id::uuid AND ended_at IS NULL RETURNING account, items
