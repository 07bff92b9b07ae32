-- Rights and owners. afterEachMigrate.sql calls hand_over after each file that was run.

-- All rights, to those of the roles that exist. Called by hand_over, and by the owner after a role was added. A statement that this user
-- may not execute is skipped with a warning.
CREATE OR REPLACE FUNCTION alohub.grant_rights() RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  group_role text;
  statement text;
BEGIN
  FOR group_role, statement IN VALUES
    ('public', 'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA alohub FROM PUBLIC'),

    -- Sources: insert, and read back what they wrote.
    ('alohub_writer', 'GRANT USAGE ON SCHEMA alohub TO alohub_writer'),
    ('alohub_writer', 'GRANT INSERT (account, phone, name, email, source, source_ref, source_version, priority, created_at, traceparent),'
                      ' SELECT (id) ON alohub.customer_outbox TO alohub_writer'),
    ('alohub_writer', 'GRANT INSERT, SELECT ON alohub.customer_inbox TO alohub_writer'),
    ('alohub_writer', 'GRANT SELECT ON alohub.outbox_status TO alohub_writer'), -- it shows the rows of its own user
    ('alohub_writer', 'GRANT EXECUTE ON FUNCTION alohub.enqueue_customer, alohub.value_status, alohub.few_are_new, alohub.few_are_open TO alohub_writer'),

    -- Dashboards and support: nothing personal.
    ('alohub_reader', 'GRANT USAGE ON SCHEMA alohub TO alohub_reader'),
    ('alohub_reader', 'GRANT SELECT ON alohub.sync_status_masked, alohub.outbox_status_masked, alohub.account_status, alohub.status_counts,'
                      ' alohub.reason TO alohub_reader'),
    ('alohub_reader', 'GRANT SELECT (name, state, state_since, state_until, state_reason) ON alohub.account TO alohub_reader'),
    ('alohub_reader', 'GRANT EXECUTE ON FUNCTION alohub.value_status, alohub.masked, alohub.few_are_new, alohub.few_are_open TO alohub_reader'),

    -- Operations people: the operator functions, and what they need to see for them.
    ('alohub_operator', 'GRANT USAGE ON SCHEMA alohub TO alohub_operator'),
    ('alohub_operator', 'GRANT SELECT ON alohub.sync_status, alohub.outbox_status, alohub.account_status, alohub.status_counts,'
                        ' alohub.delivery_attempt, alohub.reason, alohub.audit TO alohub_operator'),
    ('alohub_operator', 'GRANT EXECUTE ON FUNCTION alohub.retry, alohub.hold, alohub.release, alohub.resync, alohub.pause, alohub.resume,'
                        ' alohub.value_status, alohub.masked, alohub.few_are_new, alohub.few_are_open TO alohub_operator'),

    -- The daemon: all rows, no DDL, not Flyway's history. To the audit it adds by the operator functions alone.
    ('alohub_worker', 'GRANT USAGE ON SCHEMA alohub TO alohub_worker'),
    ('alohub_worker', 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA alohub TO alohub_worker'),
    ('alohub_worker', 'REVOKE ALL ON alohub.flyway_schema_history FROM alohub_worker'),
    ('alohub_worker', 'REVOKE INSERT, UPDATE, DELETE ON alohub.audit FROM alohub_worker'),
    ('alohub_worker', 'GRANT USAGE ON ALL SEQUENCES IN SCHEMA alohub TO alohub_worker'),
    ('alohub_worker', 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_worker'),
    ('alohub_worker', 'REVOKE EXECUTE ON FUNCTION alohub.grant_rights, alohub.hand_over FROM alohub_worker'),

    -- Migrations.
    ('alohub_owner', 'GRANT ALL ON SCHEMA alohub TO alohub_owner'),
    ('alohub_owner', 'GRANT ALL ON ALL TABLES IN SCHEMA alohub TO alohub_owner'),
    ('alohub_owner', 'GRANT ALL ON ALL SEQUENCES IN SCHEMA alohub TO alohub_owner'),
    ('alohub_owner', 'GRANT ALL ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_owner')
  LOOP
    IF group_role = 'public' OR EXISTS (SELECT FROM pg_roles WHERE rolname = group_role) THEN
      BEGIN
        EXECUTE statement;
      EXCEPTION
        WHEN insufficient_privilege THEN RAISE WARNING 'not done: % (%)', statement, SQLERRM;
        WHEN undefined_table THEN NULL; -- Flyway's history, where the schema was made without it
      END;
    END IF;
  END LOOP;
END $body$;

-- Rights, and the owner: later migrations may be run by any member of alohub_owner, which owns what is in the schema where the migrating
-- user may give it away (a superuser, or a member). Flyway's own history is in use at this moment and stays; the rights suffice.
CREATE OR REPLACE FUNCTION alohub.hand_over() RETURNS void LANGUAGE plpgsql AS $$
DECLARE statement text;
BEGIN
  BEGIN
    PERFORM alohub.grant_rights();
  EXCEPTION
    WHEN insufficient_privilege THEN RAISE NOTICE 'rights were not granted: %', SQLERRM;
  END;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_owner') AND pg_has_role(current_user, 'alohub_owner', 'USAGE') THEN
    FOR statement IN
      SELECT format('ALTER %s %s OWNER TO alohub_owner', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
      FROM pg_class c
      WHERE c.relnamespace = 'alohub'::regnamespace AND c.relkind IN ('r', 'v', 'S') AND c.relname <> 'flyway_schema_history'
        AND c.relowner <> (SELECT oid FROM pg_roles WHERE rolname = 'alohub_owner')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass AND c.relkind = 'S')
      UNION ALL
      SELECT format('ALTER FUNCTION %s OWNER TO alohub_owner', p.oid::regprocedure) FROM pg_proc p
      WHERE p.pronamespace = 'alohub'::regnamespace AND p.proowner <> (SELECT oid FROM pg_roles WHERE rolname = 'alohub_owner')
    LOOP
      EXECUTE statement;
    END LOOP;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'the schema keeps its owner: %', SQLERRM;
END $$;
