-- Cancels the statement of a migration for which somebody has waited too long to use the outbox or
-- the inbox. The user may cancel its own statements. Before the first migration there is no outbox,
-- and no session waits.
SELECT pg_cancel_backend(migrating.pid)
FROM pg_locks waiting
CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
JOIN pg_stat_activity migrating ON migrating.pid = blocking.pid AND migrating.application_name = :application_name
WHERE NOT waiting.granted
  AND waiting.locktype = 'relation'
  AND waiting.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND waiting.relation IN (to_regclass('alohub.customer_outbox'), to_regclass('alohub.customer_inbox'))
  AND waiting.waitstart < clock_timestamp() - interval '1500 ms'
