-- The age of the oldest transaction that keeps gone rows of this database from being removed, in
-- seconds. NULL: the user may not see those of others, which then look as if they had not begun.
SELECT CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN coalesce(greatest(
  (SELECT max(extract(epoch FROM clock_timestamp() - xact_start)) FROM pg_stat_activity
   -- A vacuum holds back no other vacuum.
   WHERE datname = current_database() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
     AND pid <> pg_backend_pid() AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)),
  (SELECT max(extract(epoch FROM clock_timestamp() - prepared)) FROM pg_prepared_xacts
   WHERE database = current_database())), 0) END
