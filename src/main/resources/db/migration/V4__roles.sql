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

-- Later migrations may be run by any member of alohub_owner: it owns what is in the schema, where the migrating user may
-- give it away (a superuser, or a member). Flyway's own history is in use at this moment and stays; the rights suffice.
DO $$
DECLARE statement text;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_owner') AND pg_has_role(current_user, 'alohub_owner', 'USAGE') THEN
    FOR statement IN
      SELECT format('ALTER %s %s OWNER TO alohub_owner', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
      FROM pg_class c
      WHERE c.relnamespace = 'alohub'::regnamespace AND c.relkind IN ('r', 'v', 'S') AND c.relname <> 'flyway_schema_history'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass AND c.relkind = 'S')
      UNION ALL
      SELECT format('ALTER FUNCTION %s OWNER TO alohub_owner', p.oid::regprocedure) FROM pg_proc p WHERE p.pronamespace = 'alohub'::regnamespace
    LOOP
      EXECUTE statement;
    END LOOP;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'the schema keeps its owner: %', SQLERRM;
END $$;
