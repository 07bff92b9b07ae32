-- The action whose next step is the most overdue has failed: the others go first.
UPDATE alohub.bulk_action SET next_at = clock_timestamp() + interval '30 seconds'
WHERE id = (SELECT id FROM alohub.bulk_action WHERE ended_at IS NULL AND next_at <= clock_timestamp() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
