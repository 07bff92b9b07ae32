-- Several accounts. Replicas register those that they are configured for; any replica merges the rows of all of them.

ALTER TABLE alohub.account
  ADD COLUMN seen_at      timestamptz,   -- a replica that is configured for it said so last; NULL: nobody has yet, its rows are rejected
  ADD COLUMN row_order    text NOT NULL DEFAULT 'id' CHECK (row_order IN ('id', 'source-version')),
  ADD COLUMN version_unit text NOT NULL DEFAULT 'auto' CHECK (version_unit IN ('auto', 'count', 'seconds', 'millis', 'micros', 'nanos'));

-- Where the source's own version decides: the version of the row that name_row and email_row name.
ALTER TABLE alohub.customer
  ADD COLUMN name_version  bigint,
  ADD COLUMN email_version bigint;

-- Rows that wait for their account to appear: it takes them by this. Nobody else's insert or merge pays for it. A name is
-- short, so the index holds a bounded text.
CREATE INDEX customer_outbox_unknown_account
  ON alohub.customer_outbox (coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default'))
  WHERE fate = 'REJECTED' AND reasons = '{account.unknown}';

-- As before, and source_version behind the others.
DROP FUNCTION alohub.enqueue_customer(text, text, text, text, text, text, integer);
CREATE FUNCTION alohub.enqueue_customer(
  phone text DEFAULT NULL, name text DEFAULT NULL, email text DEFAULT NULL, account text DEFAULT 'default',
  source text DEFAULT NULL, source_ref text DEFAULT NULL, priority integer DEFAULT 0, source_version bigint DEFAULT NULL) RETURNS bigint
LANGUAGE sql AS $$
  INSERT INTO alohub.customer_outbox (phone, name, email, account, source, source_ref, priority, source_version)
  VALUES ($1, $2, $3, coalesce($4, 'default'), $5, $6, least(greatest(coalesce($7, 0), -32768), 32767)::smallint, $8)
  RETURNING id
$$;

-- As before; the reason of an unknown account names those that exist.
CREATE OR REPLACE VIEW alohub.outbox_status AS
SELECT o.id, o.account, o.source, o.source_ref, o.phone, fate.status,
       nullif(concat_ws(' ', CASE WHEN fate.status IN ('DEAD', 'RETRYING', 'HELD') THEN coalesce(s.hold_reason, s.error) END,
                        told.english, 'Accounts: ' || others.names || '.'), '') AS reason,
       nullif(concat_ws(' ', told.vietnamese, 'Các tài khoản hiện có: ' || others.names || '.'), '') AS reason_vi,
       o.reasons AS reason_codes,
       o.customer_id, s.phone AS customer_phone, o.revision, o.priority, o.source_version, o.created_at, o.merged_at
FROM alohub.customer_outbox o
LEFT JOIN alohub.sync_status s ON o.fate = 'MERGED' AND s.id = o.customer_id
LEFT JOIN alohub.customer c ON o.fate = 'MERGED' AND c.id = o.customer_id
LEFT JOIN alohub.due d ON o.fate = 'MERGED' AND d.customer_id = o.customer_id
LEFT JOIN alohub.replaced_value n ON o.says_name AND n.customer_id = o.customer_id AND n.field = 'name'
  AND o.revision BETWEEN n.first_revision AND n.last_revision
LEFT JOIN alohub.replaced_value e ON o.says_email AND e.customer_id = o.customer_id AND e.field = 'email'
  AND o.revision BETWEEN e.first_revision AND e.last_revision
LEFT JOIN LATERAL (
  SELECT CASE WHEN o.says_name THEN
           alohub.said(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END AS name,
         CASE WHEN o.says_email THEN
           alohub.said(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END AS email,
         CASE WHEN NOT o.says_name AND NOT o.says_email THEN
           CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END AS phone
) said ON o.fate = 'MERGED'
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN o.fate IS NULL THEN 'NEW'
    WHEN o.fate <> 'MERGED' THEN o.fate
    WHEN 'CURRENT' IN (said.name, said.email, said.phone) OR 'FLYING' IN (said.name, said.email) THEN
      CASE WHEN s.status = 'DELIVERED' THEN 'PENDING' ELSE s.status END
    WHEN 'DELIVERED' IN (said.name, said.email, said.phone) THEN 'DELIVERED'
    ELSE 'SUPERSEDED'
  END AS status
) fate
LEFT JOIN LATERAL (
  SELECT string_agg(r.code || ': ' || r.english, ' ' ORDER BY t.n) AS english, string_agg(r.vietnamese, ' ' ORDER BY t.n) AS vietnamese
  FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)
) told ON o.reasons IS NOT NULL
LEFT JOIN LATERAL (
  SELECT coalesce(string_agg(a.name, ', ' ORDER BY a.name), '-') AS names FROM alohub.account a WHERE a.seen_at IS NOT NULL
) others ON o.fate = 'REJECTED' AND 'account.unknown' = ANY (o.reasons);

-- Rights and owner of what is in the schema by now: the last statement of every migration from here on.
CREATE FUNCTION alohub.hand_over() RETURNS void LANGUAGE plpgsql AS $$
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

SELECT alohub.hand_over();
