-- The daemon measures the oldest transaction that keeps rows from being removed (alohub_sync_oldest_transaction_age_seconds).
-- PostgreSQL shows others' transactions only to members of pg_read_all_stats. Where the migrating user may not give that away,
-- the metric is NaN until a DBA does; docs/database.md has the line.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_worker') AND NOT pg_has_role('alohub_worker', 'pg_read_all_stats', 'USAGE') THEN
    GRANT pg_read_all_stats TO alohub_worker;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'pg_read_all_stats was not granted to alohub_worker: the migrating user may not';
  WHEN unique_violation OR internal_error THEN NULL; -- granted by somebody else at this moment, in another database of the server
END $$;

SELECT alohub.hand_over();
