-- Waits for every source that has written without a notification and not committed yet. From then
-- on sources notify.
SELECT pg_advisory_lock(:lock)
-- First: how long it waits, for this transaction alone. The session's own limit is the pool's.
FROM (SELECT set_config('lock_timeout', :wait, true) AS wait OFFSET 0) AS bounded
WHERE wait IS NOT NULL
