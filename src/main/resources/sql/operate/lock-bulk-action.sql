-- The action whose next step is the most overdue, locked: one replica makes a step of it at a time.
SELECT id, kind, account, reason, source, person, way, why, state, up_to, after_id, walked, items, skipped, sent_at IS NOT NULL,
       extract(epoch FROM clock_timestamp() - coalesce(sent_at, started_at))::float8, of_action::text
FROM alohub.bulk_action
WHERE ended_at IS NULL AND next_at <= clock_timestamp()
ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
