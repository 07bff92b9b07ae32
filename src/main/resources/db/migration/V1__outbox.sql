-- What sources write. The schema itself is made by Flyway, which keeps its history in it too.

-- One row per insert of a source. No constraint, no index and no trigger looks at what a source writes: an insert never fails or
-- waits because of its content.
CREATE TABLE alohub.customer_outbox (
  -- The source's
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account        text DEFAULT 'default',                   -- null and blank mean default
  phone          text,                                     -- as the source writes it
  name           text,                                     -- null and blank: the row carries none
  email          text,
  source         text,
  source_ref     text,                                     -- the source's own key
  source_version bigint,                                   -- decides which value is the newest where account.row_order says so
  priority       smallint DEFAULT 0,                       -- higher goes first
  created_at     timestamptz DEFAULT clock_timestamp(),    -- for the source's own use; decides nothing
  traceparent    text,                                     -- the trace of the source's that the row belongs to (W3C Trace Context)
  written_by     name DEFAULT session_user,                -- a source may not write it
  ranks_by_id    boolean,                                  -- nor this: true in rows of the intake and of imports. Where source_version decides,
                                                           -- such a row without one ranks by its id; any other is rejected. See docs/adr/0038
  -- The daemon's, written once, by the merge
  merged_at      timestamptz,
  customer_id    bigint,                                   -- no foreign key: it would cost each row a lock and a look-up; customers stay
  revision       integer,                                  -- the customer's wanted revision that holds what this row carried
  carries_name   boolean,                                  -- its name was the customer's when it was merged; null: never read
  carries_email  boolean,
  merge_status   text,                                     -- null: new; MERGED: see outbox_status; SUPERSEDED, UNCHANGED, REJECTED
  reasons        text[]                                    -- codes of alohub.reason: why it was rejected, or what was repaired
  -- No checks of these columns: PostgreSQL would prepare them for each insert of a source, a fifth of its CPU. Sources may not write
  -- them (R__8_rights.sql), and the merge writes them by one statement.
) WITH (
  fillfactor = 90,                             -- each row is written once more, soon after its insert: room beside it
  autovacuum_vacuum_scale_factor = 0.02,       -- a merge leaves one dead row per row: clean up before the index of new rows grows
  autovacuum_vacuum_insert_scale_factor = 0.1,
  autovacuum_analyze_scale_factor = 0.05,
  vacuum_truncate = false                      -- to cut empty pages off a table's end, vacuum locks everybody out for a moment
);
COMMENT ON TABLE alohub.customer_outbox IS 'Append-only: what sources wrote. Insert phone, name, email; read outbox_status for the status of a row.';

-- New rows, in the order of their merge. An insert of a source writes this and the primary key, nothing else: the indexes below leave
-- new rows out, so only the merge writes them.
CREATE INDEX customer_outbox_new ON alohub.customer_outbox ((coalesce(priority, 0::smallint)) DESC, id) WHERE merge_status IS NULL;

-- A source's own key: its first 500 characters, so that no content is too long for the index.
CREATE INDEX customer_outbox_source_ref ON alohub.customer_outbox ((left(source_ref, 500) COLLATE "C"))
  WHERE source_ref IS NOT NULL AND merge_status IS NOT NULL;
-- The planner takes no statistics from a partial index.
CREATE STATISTICS alohub.customer_outbox_source_ref_values ON (left(source_ref, 500) COLLATE "C") FROM alohub.customer_outbox;

-- Rows by status, for outbox_status. Those of MERGED are found by their customer. One index (merge_status, id) would not do: the
-- newest rows of all statuses are read in the order of ids, and the planner takes the order of no such index in a branch of the view.
CREATE INDEX customer_outbox_customer ON alohub.customer_outbox (customer_id) WHERE merge_status = 'MERGED';
CREATE INDEX customer_outbox_rejected ON alohub.customer_outbox (id) WHERE merge_status = 'REJECTED';
CREATE INDEX customer_outbox_superseded ON alohub.customer_outbox (id) WHERE merge_status = 'SUPERSEDED';
CREATE INDEX customer_outbox_unchanged ON alohub.customer_outbox (id) WHERE merge_status = 'UNCHANGED';

-- Rows that wait for their account to be registered: it finds them by this. A name is short, so the index holds a bounded text.
CREATE INDEX customer_outbox_unknown_account
  ON alohub.customer_outbox (coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default'))
  WHERE merge_status = 'REJECTED' AND reasons = '{account.unknown}';

-- Which outbox row is newer is decided by its number: its id, as long as the sequence of ids only rises. Ids start again after
-- TRUNCATE … RESTART IDENTITY, ALTER SEQUENCE … RESTART, setval, logical replication (which copies no sequence) or a restore. Then the
-- rows that were written before the daemon saw it get an addend, and the sequence moves above every number, so that later ids are
-- numbers again. See docs/adr/0028-ids-that-start-again.md and R__5_outbox_numbers.sql.
CREATE TABLE alohub.outbox_numbers (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one), -- one row
  sequence_file oid NOT NULL,              -- pg_relation_filenode of the sequence when it was last checked: a restart changes it
  highest       bigint NOT NULL,           -- the highest number that is known to be merged; written now and then
  checked       bigint NOT NULL,           -- this highest number was checked: the outbox need not hold its row
  checked_at    xid8 NOT NULL DEFAULT pg_snapshot_xmax(pg_current_snapshot()), -- rows that were there when highest was written last are of older transactions
  low_until     bigint NOT NULL DEFAULT 0, -- ids up to this one were drawn after a restart and before the sequence was moved:
  added         bigint NOT NULL DEFAULT 0, -- their number is id + added
  restarts      integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE alohub.outbox_numbers IS 'How ids of customer_outbox become numbers, the higher the newer. The daemon''s.';
INSERT INTO alohub.outbox_numbers (sequence_file, highest, checked) VALUES (pg_relation_filenode('alohub.customer_outbox_id_seq'), 0, 0);

-- Every code that a row's status can name, with its sentence. Each replica writes those of its program at its start.
CREATE TABLE alohub.reason (
  code       text PRIMARY KEY,
  english    text NOT NULL,
  vietnamese text NOT NULL
);

-- The rules of phones by which rows were rejected. When a replica starts with others, rejected rows whose phone the rules decide about
-- are new again, some at a time: see the class RejectedPhones.
CREATE TABLE alohub.phone_rules (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one), -- one row
  rules      text,                          -- of the replica that started last; null: none has started yet
  changed_at timestamptz,
  scans      smallint NOT NULL DEFAULT 0,   -- that are left: one now, one after the replicas with the old rules are gone
  after_id   bigint NOT NULL DEFAULT 0      -- this scan goes on behind this id
);
COMMENT ON TABLE alohub.phone_rules IS 'The rules of phones in force, and how far rejected rows have been looked at again. The daemon''s.';
INSERT INTO alohub.phone_rules DEFAULT VALUES;
