-- The oldest transaction of this database, in seconds: it keeps gone rows from being removed. Null:
-- those of others are hidden.
SELECT CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN coalesce(
  (SELECT max(extract(epoch FROM clock_timestamp() - xact_start)) FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
     AND backend_type = 'client backend'), 0)::bigint END AS seconds
