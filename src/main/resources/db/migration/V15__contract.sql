-- The database contract: keys, rights, the inbox, the audit, and views that answer the documented questions by an index.

-- 1. Every table has a primary key: without one, a publication FOR ALL TABLES refuses each DELETE and UPDATE. One row per
-- statement and account, so the key costs the hot path a few microseconds a batch.
ALTER TABLE alohub.status_delta ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY (CACHE 32) PRIMARY KEY;

CREATE OR REPLACE VIEW alohub.status_counts AS
SELECT sums.account, of_status.status, of_status.customers::bigint AS customers
FROM (
  SELECT account, sum(pending) AS pending, sum(sending) AS sending, sum(retrying) AS retrying, sum(dead) AS dead, sum(held) AS held,
         sum(customers) AS customers
  FROM (SELECT account, pending, sending, retrying, dead, held, customers FROM alohub.status_count
        UNION ALL
        SELECT account, pending, sending, retrying, dead, held, customers FROM alohub.status_delta) counted
  GROUP BY account
) sums
CROSS JOIN LATERAL (VALUES
  ('PENDING', pending), ('SENDING', sending), ('RETRYING', retrying), ('DEAD', dead), ('HELD', held),
  ('DELIVERED', customers - pending - sending - retrying - dead - held)
) of_status (status, customers);

-- As before (V7), with the columns named.
CREATE OR REPLACE FUNCTION alohub.fold_status_counts() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE folded integer;
BEGIN
  LOCK TABLE alohub.status_count IN SHARE UPDATE EXCLUSIVE MODE NOWAIT;
  WITH gone AS (
    DELETE FROM alohub.status_delta WHERE ctid = ANY (ARRAY(SELECT ctid FROM alohub.status_delta LIMIT 10000))
    RETURNING account, pending, sending, retrying, dead, held, customers),
  added AS (
    INSERT INTO alohub.status_count AS c (account, pending, sending, retrying, dead, held, customers)
    SELECT account, sum(pending), sum(sending), sum(retrying), sum(dead), sum(held), sum(customers) FROM gone GROUP BY account
    ON CONFLICT (account) DO UPDATE
    SET pending = c.pending + excluded.pending, sending = c.sending + excluded.sending, retrying = c.retrying + excluded.retrying,
        dead = c.dead + excluded.dead, held = c.held + excluded.held, customers = c.customers + excluded.customers)
  SELECT count(*) INTO folded FROM gone;
  RETURN folded;
EXCEPTION
  WHEN lock_not_available THEN RETURN 0;
END $$;

-- As before (V7), with the columns named.
CREATE OR REPLACE FUNCTION alohub.recount() RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = on AS $$
DECLARE wrong bigint;
BEGIN
  LOCK TABLE alohub.status_count IN SHARE UPDATE EXCLUSIVE MODE; -- two at once would both add what is lacking
  WITH lacking AS (
    SELECT account, sum(pending) AS pending, sum(sending) AS sending, sum(retrying) AS retrying, sum(dead) AS dead, sum(held) AS held,
           sum(customers) AS customers
    FROM (
      SELECT account, count(*) FILTER (WHERE status = 'P') AS pending, count(*) FILTER (WHERE status = 'S') AS sending,
             count(*) FILTER (WHERE status = 'R') AS retrying, count(*) FILTER (WHERE status = 'D') AS dead,
             count(*) FILTER (WHERE status = 'H') AS held, 0 AS customers
      FROM (SELECT account, alohub.counted_as(lease_token, hold, dead, attempts) AS status FROM alohub.due) rows
      GROUP BY account
      UNION ALL
      SELECT account, 0, 0, 0, 0, 0, count(*) FROM alohub.customer GROUP BY account
      UNION ALL
      SELECT account, -pending, -sending, -retrying, -dead, -held, -customers FROM alohub.status_count
      UNION ALL
      SELECT account, -pending, -sending, -retrying, -dead, -held, -customers FROM alohub.status_delta
    ) counts
    GROUP BY account),
  added AS (
    INSERT INTO alohub.status_delta (account, pending, sending, retrying, dead, held, customers)
    SELECT account, pending, sending, retrying, dead, held, customers
    FROM lacking WHERE (pending, sending, retrying, dead, held, customers) <> (0, 0, 0, 0, 0, 0)
    RETURNING pending, sending, retrying, dead, held, customers)
  SELECT coalesce(sum(abs(pending) + abs(sending) + abs(retrying) + abs(dead) + abs(held)
                      + abs(customers - pending - sending - retrying - dead - held)), 0) INTO wrong
  FROM added;
  RETURN wrong;
END $$;

-- 2. A transaction that has executed NOTIFY cannot be prepared. So where the server allows prepared transactions, a source's
-- transaction notifies only if alohub.notify is on (ALTER ROLE … SET or ALTER DATABASE … SET); where it does not, unless it is off.
-- A source that does not notify takes no lock either: a prepared transaction would keep it for as long as it stays prepared.
CREATE OR REPLACE FUNCTION alohub.ring_for_a_sleeper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (CASE WHEN lower(current_setting('alohub.notify', true)) IN ('on', 'true', 'yes', '1') THEN true
           WHEN lower(current_setting('alohub.notify', true)) IN ('off', 'false', 'no', '0') THEN false
           ELSE current_setting('max_prepared_transactions') = '0' END)
     AND NOT pg_try_advisory_xact_lock_shared(4705186213417410) THEN -- the number is the one of the daemon's Doorbell
    PERFORM pg_notify('alohub_rows', '');
  END IF;
  RETURN NULL;
END $$;

-- 3. Who wrote a row. The default comes after the column, so that no table is rewritten; older rows belong to nobody.
ALTER TABLE alohub.customer_outbox ADD COLUMN written_by name;
ALTER TABLE alohub.customer_outbox ALTER COLUMN written_by SET DEFAULT session_user;

-- 4. Views and indexes. The views are written so that a question finds an index whatever the number of rows.
DROP VIEW alohub.outbox_status_masked, alohub.sync_status_masked, alohub.outbox_status, alohub.sync_status;

-- Phones are compared by their bytes, whatever the database's collation, and are found without an account.
ALTER TABLE alohub.customer DROP CONSTRAINT customer_account_phone_key, ALTER COLUMN phone TYPE text COLLATE "C";
ALTER TABLE alohub.customer ADD CONSTRAINT customer_phone_account_key UNIQUE (phone, account);
ALTER TABLE alohub.delivery_attempt ALTER COLUMN phone TYPE text COLLATE "C";

-- Attempts are found by phone: what people have. An index by customer beside it would be paid for by each attempt.
DROP INDEX alohub.delivery_attempt_customer;
CREATE INDEX delivery_attempt_phone ON alohub.delivery_attempt (phone, id);

-- A row's own key. Written by the merge, not by the source's insert: new rows are few. The first 500 characters, so that no
-- content is too long for the index.
CREATE INDEX customer_outbox_source_ref ON alohub.customer_outbox ((left(source_ref, 500) COLLATE "C"))
  WHERE source_ref IS NOT NULL AND fate IS NOT NULL;
-- The planner takes no statistics from a partial index.
CREATE STATISTICS alohub.customer_outbox_source_ref_values ON (left(source_ref, 500) COLLATE "C") FROM alohub.customer_outbox;
-- Written by the merge, not by the source's insert.
CREATE INDEX customer_outbox_customer ON alohub.customer_outbox (customer_id) WHERE fate = 'MERGED';
CREATE INDEX customer_outbox_rejected ON alohub.customer_outbox (id) WHERE fate = 'REJECTED';
CREATE INDEX customer_outbox_superseded ON alohub.customer_outbox (id) WHERE fate = 'SUPERSEDED';
CREATE INDEX customer_outbox_unchanged ON alohub.customer_outbox (id) WHERE fate = 'UNCHANGED';

-- Customers at rest are read from customer, all others from due. A branch whose status is a constant is skipped by the planner
-- where another one is asked for. No branch has a WHERE of its own: only so are they one table to the planner, with an order
-- that an index gives. (Its condition is the column "mine".) The time is the statement's, the same in all branches.
CREATE VIEW alohub.sync_status AS
SELECT c.id, c.account, c.phone, c.name, c.email, s.status, c.wanted_revision, c.delivered_revision,
       coalesce(s.attempts, c.attempts) AS attempts,
       CASE WHEN NOT isfinite(s.due_at) THEN NULL
            WHEN s.lease_until > s.due_at THEN s.lease_until
            ELSE s.due_at END AS next_attempt_at,
       s.priority, s.hold AS hold_reason,
       c.last_outcome, c.http_status, c.error, c.delivered_at, c.created_at, c.updated_at
FROM (
  SELECT c.id AS customer_id, 'DELIVERED'::text AS status, NULL::integer AS attempts, NULL::timestamptz AS due_at,
         NULL::timestamptz AS lease_until, NULL::smallint AS priority, NULL::text AS hold,
         NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id) AS mine
  FROM alohub.customer c
  UNION ALL
  SELECT d.customer_id, 'PENDING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_token IS NULL
  FROM alohub.due d
  UNION ALL
  SELECT d.customer_id, 'SENDING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_until > statement_timestamp()
  FROM alohub.due d
  UNION ALL
  -- The lease ended without a settlement
  SELECT d.customer_id, 'RETRYING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_until <= statement_timestamp()
  FROM alohub.due d
  UNION ALL
  -- Those in the index due_trouble
  SELECT d.customer_id,
         CASE WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD' ELSE 'RETRYING' END,
         d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         d.dead OR d.hold IS NOT NULL OR d.attempts > 0
  FROM alohub.due d
) s
JOIN alohub.customer c ON c.id = s.customer_id
WHERE s.mine;
COMMENT ON VIEW alohub.sync_status IS 'One row per customer: what the CRM should hold, what it accepted, and why not yet.';

-- Which branches of outbox_status_of_all are read. Declared immutable, so that the planner asks once and drops the others: it
-- decides how rows are found, not which. Both answers give the same rows, so a plan that was kept gives them too.
CREATE FUNCTION alohub.few_are_new() RETURNS boolean LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) <= 20000 FROM (SELECT FROM alohub.customer_outbox WHERE fate IS NULL LIMIT 20001) n
$$;
CREATE FUNCTION alohub.few_are_open() RETURNS boolean LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*) FROM (SELECT FROM alohub.due LIMIT 20001) d) <= 20000
     AND (SELECT count(*) FROM (SELECT FROM alohub.replaced_value LIMIT 20001) v) <= 20000
$$;

-- A row's status, as in V2; whose rows a reader sees, outbox_status decides. Built like sync_status. Rows that are merged
-- are all delivered, but for those of customers in due or replaced_value. While these are few, their rows are found by
-- them; while they are many, each row is looked at. At most one of replaced_value's entries holds a revision.
CREATE VIEW alohub.outbox_status_of_all AS
SELECT o.id, o.account, o.source, left(o.source_ref, 500) COLLATE "C" AS source_ref, o.phone, o.status,
       CASE WHEN o.status IN ('DEAD', 'RETRYING', 'HELD') OR o.reasons IS NOT NULL THEN nullif(concat_ws(' ',
         CASE WHEN o.status IN ('DEAD', 'RETRYING', 'HELD') THEN
           (SELECT coalesce(d.hold, c.error) FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id WHERE c.id = o.customer_id) END,
         CASE WHEN o.reasons IS NOT NULL THEN
           (SELECT string_agg(r.code || ': ' || r.english, ' ' ORDER BY t.n)
            FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)) END,
         CASE WHEN o.status = 'REJECTED' AND 'account.unknown' = ANY (o.reasons) THEN
           (SELECT 'Accounts: ' || coalesce(string_agg(a.name, ', ' ORDER BY a.name), '-') || '.' FROM alohub.account a WHERE a.seen_at IS NOT NULL) END), '') END AS reason,
       CASE WHEN o.reasons IS NOT NULL THEN nullif(concat_ws(' ',
         (SELECT string_agg(r.vietnamese, ' ' ORDER BY t.n) FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)),
         CASE WHEN o.status = 'REJECTED' AND 'account.unknown' = ANY (o.reasons) THEN
           (SELECT 'Các tài khoản hiện có: ' || coalesce(string_agg(a.name, ', ' ORDER BY a.name), '-') || '.' FROM alohub.account a WHERE a.seen_at IS NOT NULL) END), '') END AS reason_vi,
       o.reasons AS reason_codes,
       o.customer_id,
       CASE WHEN o.fate = 'MERGED' THEN
         (SELECT c.phone FROM alohub.customer c WHERE c.id = o.customer_id) END AS customer_phone,
       o.revision, o.priority, o.source_version, o.created_at, o.merged_at, o.written_by
FROM (
  -- While they are few, and while they are many
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'NEW'::text AS status,
         true AS mine
  FROM alohub.customer_outbox o
  WHERE o.fate IS NULL AND alohub.few_are_new()
  UNION ALL
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'NEW' AS status,
         o.fate IS NULL AND NOT alohub.few_are_new() AS mine
  FROM alohub.customer_outbox o
  UNION ALL
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'REJECTED' AS status,
         o.fate = 'REJECTED' AS mine
  FROM alohub.customer_outbox o
  UNION ALL
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'SUPERSEDED' AS status,
         o.fate = 'SUPERSEDED' AS mine
  FROM alohub.customer_outbox o
  UNION ALL
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'UNCHANGED' AS status,
         o.fate = 'UNCHANGED' AS mine
  FROM alohub.customer_outbox o
  UNION ALL
  -- Of customers at rest that never had a value replaced
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         'DELIVERED' AS status,
         o.fate = 'MERGED' AND alohub.few_are_open()
           AND NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = o.customer_id)
           AND NOT EXISTS (SELECT FROM alohub.replaced_value v WHERE v.customer_id = o.customer_id) AS mine
  FROM alohub.customer_outbox o
  UNION ALL
  -- Of the other customers, while these are few
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         (SELECT CASE
            WHEN 'CURRENT' IN (said.name, said.email, said.phone) OR 'FLYING' IN (said.name, said.email) THEN CASE
              WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD'
              WHEN d.attempts > 0 OR d.lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END
            WHEN 'DELIVERED' IN (said.name, said.email, said.phone) THEN 'DELIVERED'
            ELSE 'SUPERSEDED' END
          FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id
          LEFT JOIN LATERAL (
            SELECT first_revision, last_revision FROM alohub.replaced_value v
            WHERE o.says_name AND v.customer_id = o.customer_id AND v.field = 'name' AND v.first_revision <= o.revision
            ORDER BY v.first_revision DESC LIMIT 1) n ON n.last_revision >= o.revision
          LEFT JOIN LATERAL (
            SELECT first_revision, last_revision FROM alohub.replaced_value v
            WHERE o.says_email AND v.customer_id = o.customer_id AND v.field = 'email' AND v.first_revision <= o.revision
            ORDER BY v.first_revision DESC LIMIT 1) e ON e.last_revision >= o.revision
          CROSS JOIN LATERAL (
            SELECT CASE WHEN o.says_name THEN
                     alohub.said(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END AS name,
                   CASE WHEN o.says_email THEN
                     alohub.said(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END AS email,
                   CASE WHEN NOT o.says_name AND NOT o.says_email THEN
                     CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END AS phone) said
          WHERE c.id = o.customer_id) AS status,
         true AS mine
  FROM alohub.customer_outbox o
  WHERE o.fate = 'MERGED' AND alohub.few_are_open()
    AND o.customer_id IN (SELECT customer_id FROM alohub.due UNION SELECT customer_id FROM alohub.replaced_value)
  UNION ALL
  -- Of all customers, while the others are many
  SELECT o.id, o.account, o.source, o.source_ref, o.phone, o.reasons, o.customer_id, o.revision, o.priority, o.source_version, o.created_at,
         o.merged_at, o.written_by, o.fate,
         (SELECT CASE
            WHEN 'CURRENT' IN (said.name, said.email, said.phone) OR 'FLYING' IN (said.name, said.email) THEN CASE
              WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD'
              WHEN d.attempts > 0 OR d.lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END
            WHEN 'DELIVERED' IN (said.name, said.email, said.phone) THEN 'DELIVERED'
            ELSE 'SUPERSEDED' END
          FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id
          LEFT JOIN LATERAL (
            SELECT first_revision, last_revision FROM alohub.replaced_value v
            WHERE o.says_name AND v.customer_id = o.customer_id AND v.field = 'name' AND v.first_revision <= o.revision
            ORDER BY v.first_revision DESC LIMIT 1) n ON n.last_revision >= o.revision
          LEFT JOIN LATERAL (
            SELECT first_revision, last_revision FROM alohub.replaced_value v
            WHERE o.says_email AND v.customer_id = o.customer_id AND v.field = 'email' AND v.first_revision <= o.revision
            ORDER BY v.first_revision DESC LIMIT 1) e ON e.last_revision >= o.revision
          CROSS JOIN LATERAL (
            SELECT CASE WHEN o.says_name THEN
                     alohub.said(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END AS name,
                   CASE WHEN o.says_email THEN
                     alohub.said(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END AS email,
                   CASE WHEN NOT o.says_name AND NOT o.says_email THEN
                     CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END AS phone) said
          WHERE c.id = o.customer_id) AS status,
         o.fate = 'MERGED' AND NOT alohub.few_are_open() AS mine
  FROM alohub.customer_outbox o
) o
WHERE o.mine;

-- Who may read all customers sees all rows; everybody else sees those that its own user wrote. What is personal is null in the
-- rows of others, wherever a condition of the reader's looks at it before this one.
CREATE VIEW alohub.outbox_status AS
SELECT o.id, o.account, o.source, o.source_ref,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.phone END AS phone,
       o.status,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.reason END AS reason,
       o.reason_vi, o.reason_codes, o.customer_id,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.customer_phone END AS customer_phone,
       o.revision, o.priority, o.source_version, o.created_at, o.merged_at, o.written_by
FROM alohub.outbox_status_of_all o
WHERE o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT'));
COMMENT ON VIEW alohub.outbox_status IS 'One row per outbox row: its status and the reason, in plain words.';

CREATE VIEW alohub.sync_status_masked AS
SELECT id, account, alohub.masked(phone) AS phone, status, wanted_revision, delivered_revision, attempts, next_attempt_at, priority,
       last_outcome, http_status, delivered_at, created_at, updated_at
FROM alohub.sync_status;
CREATE VIEW alohub.outbox_status_masked AS
SELECT id, account, source, alohub.masked(phone) AS phone, status, reason_codes, customer_id, revision, priority, created_at, merged_at
FROM alohub.outbox_status_of_all;

-- 5. The inbox, for those who can't leave the id out: an ORM, a foreign table. It accepts and ignores an id. What such a writer
-- sends as null because it names every column gets the outbox's default.
CREATE VIEW alohub.customer_inbox WITH (security_barrier = true) AS
SELECT id, account, phone, name, email, source, source_ref, source_version, priority, created_at, traceparent
FROM alohub.customer_outbox WHERE written_by = session_user;
COMMENT ON VIEW alohub.customer_inbox IS 'Insert here if you must name an id: it is ignored, and the id of the outbox row is returned. Shows your own rows.';

CREATE FUNCTION alohub.write_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alohub.customer_outbox (account, phone, name, email, source, source_ref, source_version, priority, created_at, traceparent)
  VALUES (coalesce(NEW.account, 'default'), NEW.phone, NEW.name, NEW.email, NEW.source, NEW.source_ref, NEW.source_version,
          coalesce(NEW.priority, 0::smallint), coalesce(NEW.created_at, clock_timestamp()), NEW.traceparent)
  RETURNING id INTO NEW.id;
  RETURN NEW;
END $$;
CREATE TRIGGER write_outbox INSTEAD OF INSERT ON alohub.customer_inbox FOR EACH ROW EXECUTE FUNCTION alohub.write_outbox();

-- 6. What people did, to whom and why. Rows are added by the operator functions and never change.
CREATE TABLE alohub.audit (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  who         name NOT NULL DEFAULT session_user,
  act         text NOT NULL CHECK (act IN ('RETRY', 'HOLD', 'RELEASE', 'PAUSE', 'RESUME')),
  account     text NOT NULL,
  customer_id bigint,                       -- null: the act was about the account
  phone       text,
  reason      text
);
CREATE INDEX audit_customer ON alohub.audit (customer_id) WHERE customer_id IS NOT NULL;
COMMENT ON TABLE alohub.audit IS 'Append-only: each call of an operator function, who made it and why.';

CREATE FUNCTION alohub.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'alohub.audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON alohub.audit FOR EACH STATEMENT EXECUTE FUNCTION alohub.keep_audit();

-- 7. The operator functions. They run with the rights of their owner, so an operator needs none on the tables; the search path
-- is pinned, and session_user is the person. Each writes to the audit in its own transaction.
DROP FUNCTION alohub.retry(text, text);
DROP FUNCTION alohub.hold(text, text, text);
DROP FUNCTION alohub.release(text, text);
DROP FUNCTION alohub.pause(text, text);
DROP FUNCTION alohub.resume(text, text);

-- Makes the customer due: the dead revive with their attempts reset, the delivered are sent once more (a resync).
-- Nobody goes before a backoff or a quarantine ends, and held customers stay held. It goes behind what sources write today: a resend
-- of all customers must not hold up a form. Returns the status.
CREATE FUNCTION alohub.retry(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c alohub.customer := alohub.locked_customer(retry.phone, retry.account);
BEGIN
  IF NOT EXISTS (SELECT FROM alohub.due WHERE customer_id = c.id) THEN
    UPDATE alohub.customer SET wanted_revision = wanted_revision + 1, updated_at = clock_timestamp() WHERE id = c.id;
    INSERT INTO alohub.due (customer_id, account, priority, wanted_revision) VALUES (c.id, c.account, -1, c.wanted_revision + 1);
  ELSE
    IF c.delivered_revision = c.wanted_revision THEN -- delivered and held: sent once more when it is released
      UPDATE alohub.customer SET wanted_revision = wanted_revision + 1, updated_at = clock_timestamp() WHERE id = c.id;
      UPDATE alohub.due SET wanted_revision = c.wanted_revision + 1 WHERE customer_id = c.id;
    END IF;
    UPDATE alohub.due SET dead = false, attempts = 0, priority = least(priority, (-1)::smallint),
      due_at = CASE WHEN hold IS NULL THEN greatest(clock_timestamp(), not_before) ELSE 'infinity' END
    WHERE customer_id = c.id;
  END IF;
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('RETRY', c.account, c.id, c.phone, retry.reason);
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Keeps a customer from being sent, until release. A call in flight is not called back.
CREATE FUNCTION alohub.hold(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c alohub.customer := alohub.locked_customer(hold.phone, hold.account);
BEGIN
  INSERT INTO alohub.due AS d (customer_id, account, wanted_revision, due_at, hold)
  VALUES (c.id, c.account, c.wanted_revision, 'infinity', coalesce(hold.reason, 'held by a person'))
  ON CONFLICT (customer_id) DO UPDATE SET due_at = 'infinity', hold = excluded.hold;
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('HOLD', c.account, c.id, c.phone, hold.reason);
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

CREATE FUNCTION alohub.release(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c alohub.customer := alohub.locked_customer(release.phone, release.account);
BEGIN
  -- At rest but for the hold: nothing is left to do.
  DELETE FROM alohub.due d WHERE d.customer_id = c.id AND d.hold IS NOT NULL AND d.lease_token IS NULL AND NOT d.dead
    AND c.delivered_revision = c.wanted_revision;
  UPDATE alohub.due d SET hold = NULL,
    due_at = CASE WHEN d.dead THEN 'infinity' ELSE greatest(clock_timestamp(), d.not_before) END
  WHERE d.customer_id = c.id AND d.hold IS NOT NULL;
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('RELEASE', c.account, c.id, c.phone, release.reason);
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Stops all calls of an account on every replica within a poll, and lets them go on.
CREATE FUNCTION alohub.pause(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE alohub.account a SET gate = 'PAUSED', gate_since = clock_timestamp(), gate_until = NULL, gate_cause = NULL, probe_at = NULL,
    gate_by = session_user, gate_reason = coalesce(pause.reason, 'paused by a person'),
    gate_needs = 'SELECT alohub.resume(''' || a.name || ''')'
  WHERE a.name = pause.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', pause.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  INSERT INTO alohub.audit (act, account, reason) VALUES ('PAUSE', pause.account, pause.reason);
  RETURN 'PAUSED';
END $$;
CREATE FUNCTION alohub.resume(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- What was learned is forgotten with the rest. The replicas know how long the ramp is.
  UPDATE alohub.account a SET gate = 'PROBING', gate_since = clock_timestamp(), gate_until = NULL,
    gate_by = session_user, gate_reason = 'resumed' || coalesce(': ' || resume.reason, ''), gate_needs = NULL, gate_cause = NULL, probe_at = NULL,
    refused_keys = '{}', throttles = 0, probes = 0, learned_rate = NULL, learned_limit = NULL, learned_at = NULL, learned_doubts = 0
  WHERE a.name = resume.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', resume.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  INSERT INTO alohub.audit (act, account, reason) VALUES ('RESUME', resume.account, resume.reason);
  RETURN 'PROBING';
END $$;

-- 8. The purge walks past young rows, and through everything once an hour.
ALTER TABLE alohub.retention
  ADD COLUMN young        bigint NOT NULL DEFAULT 0,        -- rows at the end of the walk so far that were all too young
  ADD COLUMN full_walk    boolean NOT NULL DEFAULT false,   -- this walk goes to the last row
  ADD COLUMN next_full_at timestamptz NOT NULL DEFAULT clock_timestamp(); -- the walk that begins after this is a full one

-- 9. Roles and rights. Roles that the migrating user may not create are left out; docs/database.md says what to do then.
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

-- All rights, to those of the roles that exist. Called by each migration through hand_over, and by the owner after a role was
-- added. A statement that this user may not execute is skipped with a warning.
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
    ('alohub_writer', 'GRANT EXECUTE ON FUNCTION alohub.enqueue_customer, alohub.said, alohub.few_are_new, alohub.few_are_open TO alohub_writer'),

    -- Dashboards and support: nothing personal.
    ('alohub_reader', 'GRANT USAGE ON SCHEMA alohub TO alohub_reader'),
    ('alohub_reader', 'GRANT SELECT ON alohub.sync_status_masked, alohub.outbox_status_masked, alohub.account_status, alohub.status_counts,'
                      ' alohub.reason TO alohub_reader'),
    ('alohub_reader', 'GRANT SELECT (name, gate, gate_since, gate_until, gate_reason) ON alohub.account TO alohub_reader'),
    ('alohub_reader', 'GRANT EXECUTE ON FUNCTION alohub.said, alohub.masked, alohub.few_are_new, alohub.few_are_open TO alohub_reader'),

    -- Operations people: the operator functions, and what they need to see for them.
    ('alohub_operator', 'GRANT USAGE ON SCHEMA alohub TO alohub_operator'),
    ('alohub_operator', 'GRANT SELECT ON alohub.sync_status, alohub.outbox_status, alohub.account_status, alohub.status_counts,'
                        ' alohub.delivery_attempt, alohub.reason, alohub.audit TO alohub_operator'),
    ('alohub_operator', 'GRANT EXECUTE ON FUNCTION alohub.retry, alohub.hold, alohub.release, alohub.pause, alohub.resume,'
                        ' alohub.said, alohub.masked, alohub.few_are_new, alohub.few_are_open TO alohub_operator'),

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

SELECT alohub.hand_over();
