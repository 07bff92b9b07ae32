-- Writes the customers of a table into alohub.customer_outbox whenever they change: psql -v ON_ERROR_STOP=1 -d erp -f watch.sql, then a recipe.
-- Installs the schema alohub_source in the ERP's database, beside the schema alohub. Can be run again.
--   CALL alohub_source.watch(...)     installs triggers on a table
--   CALL alohub_source.unwatch(...)   removes them
--   CALL alohub_source.backfill(...)  writes what no trigger has written: the customers of before, and those that it missed
-- The triggers run once a statement, compare the rows before and after, and never let the ERP's statement fail: what goes wrong is
-- a WARNING without personal data, and backfill finds the rows later. (A statement_timeout or a cancel still ends the statement.)
CREATE SCHEMA IF NOT EXISTS alohub_source;
GRANT USAGE ON SCHEMA alohub_source TO PUBLIC; -- its functions keep their own rights
COMMENT ON SCHEMA alohub_source IS 'alohub-sync: triggers that write the customers of this database into alohub.customer_outbox';

-- The parameters after watched and source are SQL expressions over the columns of the table.
--   watched   the table
--   source    a name of your choice, as customer_outbox.source has it; one for each table
--   ref       the table's own key
--   phone     several phones in one text are fine: 'phone || '' | '' || mobile'
--   version   a whole number that rises with each change, for accounts where the source's version decides; NULL: none
--   changed_at when the row last changed, for backfill(since => ...); NULL: unknown
--   wanted    which rows are customers
CREATE OR REPLACE PROCEDURE alohub_source.watch(
  watched regclass, source text, ref text, phone text, name text DEFAULT 'NULL', email text DEFAULT 'NULL',
  version text DEFAULT 'NULL', changed_at text DEFAULT 'NULL', wanted text DEFAULT 'true', account text DEFAULT 'default')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $watch$
DECLARE
  place text := (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = watched);
  reader text;
  -- A row of the table as the outbox is to have it.
  customers text := format(
    'SELECT (%s)::text AS source_ref, (%s)::bigint AS source_version, (%s)::text AS phone, (%s)::text AS name, (%s)::text AS email FROM <rows> WHERE %s',
    ref, version, phone, name, email, wanted);
  all_customers text := replace(customers, ' FROM <rows>', format(', (%s)::timestamptz AS changed_at, ctid FROM %s', changed_at, place));
  -- What an update has left as it was is in the rows before too, and is not written. Grouping takes a time that is linear in the rows
  -- whatever the plan; a join of both would be planned for the few rows of the first statement, and kept.
  changes text := 'SELECT true AS is_new, c.* FROM (' || customers || ') c';
  -- Nothing that goes wrong here reaches the ERP's statement, and no lock is waited for longer than a moment.
  body text := $body$
    CREATE OR REPLACE FUNCTION alohub_source.%1$I() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '500ms' AS $f$
    BEGIN
      INSERT INTO alohub.customer_outbox (account, source, source_ref, source_version, phone, name, email)
      SELECT %2$L, %3$L, n.source_ref, max(n.source_version), n.phone, n.name, n.email
      FROM (%4$s) n WHERE btrim(n.phone) <> '' GROUP BY n.source_ref, n.phone, n.name, n.email HAVING bool_and(n.is_new);
      RETURN NULL;
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'alohub-sync: changes of %% were not written (SQLSTATE %%); alohub_source.backfill writes them later', %3$L, SQLSTATE;
      RETURN NULL;
    END $f$ $body$;
BEGIN
  IF source !~ '^[a-z][a-z0-9_]{0,40}$' THEN
    RAISE 'The source''s name must be 1 to 41 of a-z, 0-9 and _, and begin with a letter: %', source;
  END IF;
  -- Ends the script where a column does not exist. It reads no row.
  EXECUTE all_customers || ' LIMIT 0';
  -- Functions whose bodies are texts, and no view: PostgreSQL refuses to change a column that a view reads, and upgrades of the ERP change
  -- columns. EXECUTE, since the name of a column that is gone would be read as the function's own result, which is NULL. The first reads all rows and where each lies; the second those of some places, and locks them until the transaction ends: what
  -- another transaction is changing is left to its triggers.
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION alohub_source.%1$I()
    RETURNS TABLE (account text, source_ref text, source_version bigint, phone text, name text, email text, changed_at timestamptz, place tid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $c$
    BEGIN
      RETURN QUERY EXECUTE %2$L;
    END $c$ $f$, source || '_customers', format('SELECT %L::text, c.* FROM (%s) c', account, all_customers));
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION alohub_source.%1$I(places tid[])
    RETURNS TABLE (account text, source_ref text, source_version bigint, phone text, name text, email text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $c$
    BEGIN
      RETURN QUERY EXECUTE %2$L USING $1;
    END $c$ $f$, source || '_locked', format('SELECT %L::text, c.* FROM (%s AND ctid = ANY ($1) FOR SHARE SKIP LOCKED) c', account,
    replace(replace(customers, '<rows>', place), ' WHERE ' || wanted, format(' WHERE (%s)', wanted))));
  EXECUTE format(body, source || '_inserted', account, source, replace(changes, '<rows>', 'new_rows'));
  EXECUTE format(body, source || '_updated', account, source,
    replace(changes, '<rows>', 'new_rows') || ' UNION ALL ' || replace(replace(changes, '<rows>', 'old_rows'), 'true AS is_new', 'false AS is_new'));
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION alohub_source.%I()',
    'alohub_' || source || '_inserted', watched, source || '_inserted');
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION alohub_source.%I()',
    'alohub_' || source || '_updated', watched, source || '_updated');
  EXECUTE format('REVOKE ALL ON FUNCTION alohub_source.%I(), alohub_source.%I(tid[]) FROM PUBLIC', source || '_customers', source || '_locked');
  FOREACH reader IN ARRAY ARRAY['alohub_worker', 'alohub_owner'] LOOP -- for backfill, by the daemon's command and in SQL
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION alohub_source.%I(), alohub_source.%I(tid[]) TO %I', source || '_customers', source || '_locked', reader);
    END IF;
  END LOOP;
  RAISE NOTICE 'alohub-sync: % is watched as source %', watched, source;
END $watch$;

CREATE OR REPLACE PROCEDURE alohub_source.unwatch(watched regclass, source text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', 'alohub_' || source || '_inserted', watched);
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', 'alohub_' || source || '_updated', watched);
  EXECUTE format('DROP FUNCTION IF EXISTS alohub_source.%I()', source || '_inserted');
  EXECUTE format('DROP FUNCTION IF EXISTS alohub_source.%I()', source || '_updated');
  EXECUTE format('DROP FUNCTION IF EXISTS alohub_source.%I()', source || '_customers');
  EXECUTE format('DROP FUNCTION IF EXISTS alohub_source.%I(tid[])', source || '_locked');
END $$;

-- The places of the customers whose newest outbox row of this source says something else, or that have none. Needs the right to read the
-- outbox (alohub_owner, or alohub_worker as the daemon's command backfill).
--   since     only rows that changed later, where the recipe knows when
CREATE OR REPLACE FUNCTION alohub_source.missing(source text, since timestamptz DEFAULT '-infinity')
RETURNS SETOF tid LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_regprocedure(format('alohub_source.%I()', source || '_customers')) IS NULL THEN
    RAISE 'No table is watched as source %', source USING HINT = 'CALL alohub_source.watch(...) first.';
  END IF;
  RETURN QUERY EXECUTE format($q$
    SELECT v.place
    FROM alohub_source.%2$I() v
    LEFT JOIN LATERAL (
      SELECT o.phone, o.name, o.email FROM alohub.customer_outbox o
      WHERE left(o.source_ref, 500) COLLATE "C" = left(v.source_ref, 500) COLLATE "C" AND o.source_ref = v.source_ref
        AND o.source = %1$L AND o.account = v.account AND o.merge_status IS NOT NULL
      ORDER BY o.id DESC LIMIT 1) newest ON true
    WHERE btrim(v.phone) <> '' AND (v.changed_at IS NULL OR v.changed_at > $1)
      AND (newest.phone, newest.name, newest.email) IS DISTINCT FROM (v.phone, v.name, v.email)$q$, source, source || '_customers') USING since;
END $$;

-- Writes them, with a low priority: they wait behind today's changes. A thousand in a transaction, whose rows of the table are locked for that
-- moment: a row that the source is changing is left to its triggers, and no older value overtakes a newer one. Run again once these are
-- merged, it writes only what is missing since. Not within a transaction.
--   rows      how many were written
CREATE OR REPLACE PROCEDURE alohub_source.backfill(source text, since timestamptz DEFAULT '-infinity', INOUT rows bigint DEFAULT 0)
LANGUAGE plpgsql AS $$
DECLARE
  at_once CONSTANT integer := 1000;
  places tid[] := ARRAY(SELECT alohub_source.missing(source, since));
  written bigint;
BEGIN
  rows := 0;
  FOR i IN 1 .. cardinality(places) BY at_once LOOP
    EXECUTE format('INSERT INTO alohub.customer_outbox (account, source, source_ref, source_version, phone, name, email, priority)
      SELECT n.account, %L, n.source_ref, n.source_version, n.phone, n.name, n.email, (-10)::smallint FROM alohub_source.%I($1) n
      WHERE btrim(n.phone) <> %L', source, source || '_locked', '') USING places[i : i + at_once - 1];
    GET DIAGNOSTICS written = ROW_COUNT;
    rows := rows + written;
    COMMIT;
  END LOOP;
END $$;
