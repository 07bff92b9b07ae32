-- The schema alohub, in the order of a row's life: account, outbox row, customer, due, attempt.
-- Flyway creates the schema itself and keeps its history there.

-- One Alohub tenant, and its gate. Replicas agree here; locked only by short transactions of its own.
CREATE TABLE alohub.account (
  name            text PRIMARY KEY CHECK (name ~ '^[a-z0-9]+$'),
  gate            text NOT NULL DEFAULT 'OPEN'
                  CHECK (gate IN ('OPEN', 'THROTTLED', 'PAUSED', 'REFUSED', 'MISCONFIGURED', 'UNREACHABLE')),
  gate_since      timestamptz NOT NULL DEFAULT clock_timestamp(),
  gate_until      timestamptz,                       -- THROTTLED: nobody calls before this
  gate_reason     text,                              -- what happened and what it needs, in plain words
  refused_keys    text[] NOT NULL DEFAULT '{}',      -- fingerprints of the last keys that were refused, never the keys: a replica
                                                     -- that still holds one stays out while others with a new key go on
  throttles       integer NOT NULL DEFAULT 0,        -- throttles in a row, for the doubling where the CRM names no time
  probe_at        timestamptz,                       -- closed by a fault, or a key refused: the earliest time of the next probe
  probes          integer NOT NULL DEFAULT 0,        -- probes since the gate closed
  rate_spent_until timestamptz NOT NULL DEFAULT '-infinity', -- permits are spent up to this moment (a virtual schedule)
  registered_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((gate = 'THROTTLED') = (gate_until IS NOT NULL)),
  CHECK (gate NOT IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE') OR probe_at IS NOT NULL),
  CHECK (refused_keys = '{}' OR probe_at IS NOT NULL OR gate = 'PAUSED')
);
COMMENT ON TABLE alohub.account IS 'One Alohub tenant and its gate; registered by the replicas that are configured for it.';

-- What a source wrote. No constraint and no index looks at content: an insert never fails or waits because of it.
-- The columns after created_at are the daemon's.
CREATE TABLE alohub.customer_outbox (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account        text DEFAULT 'default',
  phone          text,
  name           text,
  email          text,
  source         text,
  source_ref     text,
  source_version bigint,
  priority       smallint DEFAULT 0,
  created_at     timestamptz DEFAULT clock_timestamp(),
  -- Written once, by the merge. NULL: not merged yet. MERGED: the fate follows from the customer (see outbox_status).
  fate           text CHECK (fate IN ('MERGED', 'SUPERSEDED', 'UNCHANGED', 'REJECTED')),
  customer_id    bigint,   -- no foreign key: it would cost a lock and a look-up for every row, and customers are never deleted
  revision       integer,  -- the wanted revision that carries what this row said
  says_name      boolean,  -- its name was the customer's when it was merged
  says_email     boolean,
  reasons        text[],   -- codes of alohub.reason: why it was rejected, or what was repaired
  merged_at      timestamptz,
  CHECK (CASE fate WHEN 'MERGED' THEN customer_id IS NOT NULL AND revision IS NOT NULL AND says_name IS NOT NULL AND says_email IS NOT NULL
                   WHEN 'REJECTED' THEN customer_id IS NULL AND reasons IS NOT NULL
                   WHEN 'SUPERSEDED' THEN customer_id IS NOT NULL
                   WHEN 'UNCHANGED' THEN customer_id IS NOT NULL
                   ELSE customer_id IS NULL AND merged_at IS NULL END)
) WITH (
  fillfactor = 90,                          -- each row is written once more, soon after its insert: room beside it
  autovacuum_vacuum_scale_factor = 0.02,    -- a merge leaves one dead row per row: clean up before the index of new rows fattens
  autovacuum_vacuum_insert_scale_factor = 0.1,
  autovacuum_analyze_scale_factor = 0.05
);
COMMENT ON TABLE alohub.customer_outbox IS 'Append-only: what sources wrote. Insert phone, name, email; read outbox_status for the fate.';

-- New rows, in the order of their merge. An insert pays for this and the primary key, nothing else.
CREATE INDEX customer_outbox_new ON alohub.customer_outbox ((coalesce(priority, 0::smallint)) DESC, id) WHERE fate IS NULL;

-- What the CRM should hold and what it has accepted. Settles and merges change no indexed column: updates stay HOT.
CREATE TABLE alohub.customer (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account            text NOT NULL,
  phone              text NOT NULL CHECK (phone ~ '^\+84[0-9]{7,10}$'),
  name               text CHECK (name <> ''),
  email              text CHECK (email <> ''),
  name_row           bigint,                -- the newest outbox row that said a name: decides which value wins
  email_row          bigint,
  name_revision      integer,               -- the revision at which this name came to be wanted
  email_revision     integer,
  wanted_revision    integer NOT NULL DEFAULT 1 CHECK (wanted_revision >= 1),
  delivered_revision integer NOT NULL DEFAULT 0 CHECK (delivered_revision >= 0),
  attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- spent on the revision last settled
  last_outcome       text,
  http_status        smallint,
  error              text,
  delivered_at       timestamptz,
  created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (account, phone),
  CHECK (delivered_revision <= wanted_revision),
  CHECK ((delivered_revision = 0) = (delivered_at IS NULL)),
  CHECK ((name IS NULL) = (name_row IS NULL) AND (name IS NULL) = (name_revision IS NULL)),
  CHECK ((email IS NULL) = (email_row IS NULL) AND (email IS NULL) = (email_revision IS NULL)),
  CHECK (name_revision <= wanted_revision AND email_revision <= wanted_revision)
) WITH (
  fillfactor = 55,                          -- a settle rewrites the row in its own page, and in a backlog all rows of a page soon after each other
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.05
);

-- A value that was replaced before any accepted call carried it: wanted from first_revision to last_revision.
-- Kept for the rows that said it (their fate is SUPERSEDED); written only when values overtake deliveries.
CREATE TABLE alohub.replaced_value (
  customer_id    bigint NOT NULL,
  field          text NOT NULL CHECK (field IN ('name', 'email')),
  first_revision integer NOT NULL,
  last_revision  integer NOT NULL,
  PRIMARY KEY (customer_id, field, first_revision),
  CHECK (first_revision <= last_revision)
);

-- The work left: one row per customer that is not at rest. A claim writes only what no index knows (HOT).
CREATE TABLE alohub.due (
  customer_id     bigint PRIMARY KEY,       -- no foreign key, as above
  account         text NOT NULL,
  priority        smallint NOT NULL DEFAULT 0,
  due_at          timestamptz NOT NULL DEFAULT clock_timestamp(), -- may be claimed from then on; infinity: dead or held
  not_before      timestamptz NOT NULL DEFAULT '-infinity',       -- end of backoff or quarantine, whatever else happens
  wanted_revision integer NOT NULL,         -- the customer's, so that a claim can tell that it read them both at one moment
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- spent on the wanted revision
  dead            boolean NOT NULL DEFAULT false,
  hold            text,                     -- why a person or a rule keeps it back
  lease_token     bigint,
  leased_at       timestamptz,
  lease_until     timestamptz,
  sent_revision   integer,                  -- what the lease's call carries
  probed_at       timestamptz,              -- last sent to try a closed gate
  CHECK ((lease_token IS NULL) = (lease_until IS NULL) AND (lease_token IS NULL) = (leased_at IS NULL)
     AND (lease_token IS NULL) = (sent_revision IS NULL)),
  CHECK (sent_revision <= wanted_revision),
  CHECK (due_at >= not_before),
  CHECK ((due_at = 'infinity') = (dead OR hold IS NOT NULL))
) WITH (
  fillfactor = 50,                          -- claim and settle rewrite the row in its own page
  autovacuum_vacuum_scale_factor = 0.01,    -- rows come and go all day
  autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.1
);
-- "Which customers of this account may be claimed, most urgent first": equality, equality, range.
CREATE INDEX due_claim ON alohub.due (account, priority, due_at);

-- Tokens of leases: never used twice.
CREATE SEQUENCE alohub.lease_token CACHE 1;

-- History: one row per call, append-only. No fate is read from it.
CREATE TABLE alohub.delivery_attempt (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  account     text NOT NULL,
  phone       text NOT NULL,
  revision    integer NOT NULL,
  attempt     integer NOT NULL,             -- the how-manieth for this revision; one that was given back counts again
  outcome     text NOT NULL CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'FAILED', 'UNKNOWN', 'NOT_SENT', 'THROTTLED', 'ACCOUNT_REFUSED')),
  http_status smallint,
  error       text,
  started_at  timestamptz NOT NULL,
  duration_ms integer,                      -- NULL: the worker never told
  worker      text
) WITH (autovacuum_vacuum_insert_scale_factor = 0.2);
CREATE INDEX delivery_attempt_customer ON alohub.delivery_attempt (customer_id, id);

-- Every code that a row's status can name, with its sentence. Kept equal to the program's by the worker at its start.
CREATE TABLE alohub.reason (
  code       text PRIMARY KEY,
  english    text NOT NULL,
  vietnamese text NOT NULL
);
