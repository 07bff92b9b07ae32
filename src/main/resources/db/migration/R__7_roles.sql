-- Group roles, for all databases of the server. Those that the migrating user may not create are left out; docs/database.md says what to
-- do then.
DO $$
DECLARE group_role text;
BEGIN
  FOREACH group_role IN ARRAY ARRAY['alohub_owner', 'alohub_worker', 'alohub_operator', 'alohub_writer', 'alohub_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = group_role) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', group_role);
      EXCEPTION
        WHEN insufficient_privilege THEN RAISE NOTICE 'role % was not created: the migrating user may not', group_role;
        WHEN duplicate_object OR unique_violation THEN NULL; -- created by somebody else at this moment
      END;
    END IF;
  END LOOP;
END $$;

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
