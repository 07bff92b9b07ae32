-- Sessions of this program, the console's too, whose statement has lasted longer than any may (statement_timeout, 20 s): their client
-- gives up after 30 s at the latest.
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user
  AND application_name IN (current_setting('application_name'), current_setting('application_name') || ' console')
  AND state = 'active' AND query_start < clock_timestamp() - interval '25 seconds' AND pid <> pg_backend_pid()
