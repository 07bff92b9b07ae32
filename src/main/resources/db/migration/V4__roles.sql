-- Group roles. Created where the migrating user may; docs/database.md has the statements for a DBA where it may not.
DO $$
DECLARE group_role text;
BEGIN
  FOREACH group_role IN ARRAY ARRAY['alohub_owner', 'alohub_worker', 'alohub_writer', 'alohub_reader'] LOOP
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

-- Rights are a function, so that a DBA who creates the roles later can give them with one call.
CREATE FUNCTION alohub.grant_rights() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA alohub FROM PUBLIC;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_writer') THEN
    GRANT USAGE ON SCHEMA alohub TO alohub_writer;
    GRANT INSERT (account, phone, name, email, source, source_ref, source_version, priority, created_at), SELECT (id)
      ON alohub.customer_outbox TO alohub_writer;
    GRANT SELECT ON alohub.outbox_status TO alohub_writer;
    GRANT EXECUTE ON FUNCTION alohub.enqueue_customer, alohub.said TO alohub_writer;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_reader') THEN
    GRANT USAGE ON SCHEMA alohub TO alohub_reader;
    GRANT SELECT ON alohub.sync_status_masked, alohub.outbox_status_masked TO alohub_reader;
    GRANT SELECT (name, gate, gate_since, gate_until, gate_reason) ON alohub.account TO alohub_reader;
    GRANT EXECUTE ON FUNCTION alohub.said, alohub.masked TO alohub_reader;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_worker') THEN
    GRANT USAGE ON SCHEMA alohub TO alohub_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA alohub TO alohub_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA alohub TO alohub_worker;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_worker;
    REVOKE EXECUTE ON FUNCTION alohub.grant_rights FROM alohub_worker;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_owner') THEN
    GRANT ALL ON SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL TABLES IN SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_owner;
  END IF;
END $$;

DO $$
BEGIN
  PERFORM alohub.grant_rights();
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'rights were not granted: %', SQLERRM;
END $$;
