-- What the CRM should hold, what it has accepted, and the work that is left.

-- One row per account and phone. Merges and settlements change no indexed column, so that their updates stay HOT.
CREATE TABLE alohub.customer (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account            text NOT NULL,
  phone              text COLLATE "C" NOT NULL, -- E.164; compared by its bytes, whatever the database's collation
  name               text CHECK (name <> ''),   -- what the CRM should hold; null: no row has carried one
  email              text CHECK (email <> ''),
  name_row           bigint,                    -- number of the newest outbox row that carried the name: decides which value wins
  email_row          bigint,
  name_version       bigint,                    -- where the source's own version decides: the highest source_version of a row that carried one
  email_version      bigint,
  unversioned_name      text,                   -- there: what the newest row without a version carried, whether it is wanted or not
  unversioned_name_row  bigint,                 -- its number; see docs/adr/0038
  unversioned_email     text,
  unversioned_email_row bigint,
  name_revision      integer,                   -- the revision at which this name came to be wanted
  email_revision     integer,
  wanted_revision    integer NOT NULL DEFAULT 1 CHECK (wanted_revision >= 1),
  delivered_revision integer NOT NULL DEFAULT 0 CHECK (delivered_revision >= 0), -- the last that the CRM accepted; 0: none yet
  attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),           -- spent on the revision that was settled last
  lease_token        bigint,                    -- of the row of merge_lease: leased as it was merged, with no row in due; null: is not
  http_status        smallint,                  -- of the last attempt, as the next two; null: there was no answer
  last_outcome       text,
  error              text,                      -- in plain words; null: accepted
  delivered_at       timestamptz,
  created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (phone, account),                      -- in this order, so that a phone is found without an account
  -- The form only: who writes a phone has asked the numbering plan, and a regular expression took 2 µs of each insert of a customer.
  CONSTRAINT customer_phone_check CHECK (left(phone, 3) = '+84' AND octet_length(phone) BETWEEN 10 AND 13),
  CONSTRAINT customer_revisions_check CHECK (delivered_revision <= wanted_revision),
  CONSTRAINT customer_delivered_check CHECK ((delivered_revision = 0) = (delivered_at IS NULL)),
  CONSTRAINT customer_name_fields_check CHECK ((name IS NULL) = (name_row IS NULL) AND (name IS NULL) = (name_revision IS NULL)),
  CONSTRAINT customer_email_fields_check CHECK ((email IS NULL) = (email_row IS NULL) AND (email IS NULL) = (email_revision IS NULL)),
  CONSTRAINT customer_field_revisions_check CHECK (name_revision <= wanted_revision AND email_revision <= wanted_revision)
) WITH (
  -- A settlement rewrites the row, and in a backlog all rows of a page in one transaction. Those that do not fit beside the old ones
  -- pay for entries in two indexes: with 55 that were two of five.
  fillfactor = 45,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.05
);

-- A value that was replaced before an accepted call carried it: it was wanted from first_revision to last_revision. Kept for the rows
-- that carried it (they are SUPERSEDED); written only where values come faster than calls.
CREATE TABLE alohub.replaced_value (
  customer_id    bigint NOT NULL,
  field          text NOT NULL CHECK (field IN ('name', 'email')),
  first_revision integer NOT NULL,
  last_revision  integer NOT NULL,
  PRIMARY KEY (customer_id, field, first_revision),
  CONSTRAINT replaced_value_check CHECK (first_revision <= last_revision)
);

-- The work that is left: one row per customer that is not at rest, but for those that are leased as they were merged. A claim writes only
-- columns that are in no index, so that its updates stay HOT.
CREATE TABLE alohub.due (                      -- columns of a fixed width first: 8 bytes a row
  customer_id        bigint PRIMARY KEY,        -- no foreign key, as in customer_outbox
  due_at             timestamptz NOT NULL DEFAULT clock_timestamp(), -- may be claimed from then on; infinity: dead or held
  not_before         timestamptz NOT NULL DEFAULT '-infinity',       -- end of a backoff or quarantine, whatever else happens
  wanted_revision    integer NOT NULL,          -- the customer's, so that a claim sees that it read both at one moment
  attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- spent on the wanted revision
  priority           smallint NOT NULL DEFAULT 0,
  dead               boolean NOT NULL DEFAULT false,
  -- The lease: all null, or none
  lease_token        bigint,
  leased_at          timestamptz,
  lease_until        timestamptz,
  sent_revision      integer,                   -- what its call carries
  -- What the circuit breaker has to know of this customer
  throttled_revision integer,                   -- the revision of which a 503 was taken for a limit; null: never
  throttled          smallint,                  -- how often that was
  throttlings        smallint,                  -- consecutive calls that were THROTTLED, of any revision; null: the last was not
  probed_at          timestamptz,               -- last chosen as a probe
  refused_at         timestamptz,               -- last answered as if the account were refused
  account            text NOT NULL,
  hold               text,                      -- why a person or a rule keeps it back; null: it is not held
  traceparent        text,                      -- of the newest row that carried one, among those that caused the wanted revision; written and
                                                -- read only by replicas that trace
  CONSTRAINT due_lease_check CHECK ((lease_token IS NULL) = (lease_until IS NULL) AND (lease_token IS NULL) = (leased_at IS NULL)
    AND (lease_token IS NULL) = (sent_revision IS NULL)),
  CONSTRAINT due_revisions_check CHECK (sent_revision <= wanted_revision),
  CONSTRAINT due_not_before_check CHECK (due_at >= not_before),
  CONSTRAINT due_infinity_check CHECK ((due_at = 'infinity') = (dead OR hold IS NOT NULL))
) WITH (
  fillfactor = 50,                              -- claim and settlement rewrite the row in its own page
  autovacuum_vacuum_scale_factor = 0.01,        -- rows come and go all day
  autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.1
);
-- Which customers of this account may be claimed, the most urgent first: equality, equality, range.
CREATE INDEX due_claim ON alohub.due (account, priority, due_at);
-- Customers that a person may have to look at. Who is delivered at the first attempt never enters it.
CREATE INDEX due_trouble ON alohub.due (customer_id) WHERE dead OR hold IS NOT NULL OR attempts > 0;

-- The leases of customers that went from their merge to their call: one row per merge, account and priority, deleted with the settlement of its last
-- customer. A customer that is accepted at once so writes no row of due. Whatever else happens to one first moves its lease to due: see
-- the function move_leases. The token on the customer's row is the lease; a customer named here may have lost it.
CREATE TABLE alohub.merge_lease (
  token       bigint PRIMARY KEY,
  leased_at   timestamptz NOT NULL,
  lease_until timestamptz NOT NULL,
  priority    smallint NOT NULL,
  account     text NOT NULL,
  customers   bigint[] NOT NULL
) WITH (
  autovacuum_vacuum_scale_factor = 0,         -- rows come and go all day, and every read of a status looks at all
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = false
);
COMMENT ON TABLE alohub.merge_lease IS 'Customers that are leased as they were merged. The daemon''s.';

-- Tokens of leases: never used twice.
CREATE SEQUENCE alohub.lease_token CACHE 1;

-- Customers by account and status, counted with the writes (R__4_status_counts.sql). A statement that changes a count adds a row that
-- says by how much, where an update of one counter would make its writers wait for each other. Readers sum both tables: exact in every
-- snapshot. status_delta has a key because a publication FOR ALL TABLES refuses to delete from a table without one; a row is written per
-- statement and account.
CREATE TABLE alohub.status_delta (
  id        bigint GENERATED ALWAYS AS IDENTITY (CACHE 32) PRIMARY KEY,
  account   text NOT NULL,
  pending   integer NOT NULL DEFAULT 0,
  sending   integer NOT NULL DEFAULT 0,
  retrying  integer NOT NULL DEFAULT 0,
  dead      integer NOT NULL DEFAULT 0,
  held      integer NOT NULL DEFAULT 0,
  customers integer NOT NULL DEFAULT 0      -- of every status; who has no row in due is DELIVERED
) WITH (
  autovacuum_vacuum_scale_factor = 0,       -- rows come and go all day, and a read passes over the dead ones too
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0,         -- small: done at once
  vacuum_truncate = false                   -- would lock writers out while it cuts the file
);
COMMENT ON TABLE alohub.status_delta IS 'What writes changed in the counts, until it is folded into status_count.';

CREATE TABLE alohub.status_count (
  account   text PRIMARY KEY,
  pending   bigint NOT NULL,
  sending   bigint NOT NULL,
  retrying  bigint NOT NULL,
  dead      bigint NOT NULL,
  held      bigint NOT NULL,
  customers bigint NOT NULL
);
COMMENT ON TABLE alohub.status_count IS 'The counts but for what is in status_delta. Read status_counts.';
