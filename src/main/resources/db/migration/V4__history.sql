-- What happened: calls, and what people did. No status is read from here.

-- One row per call.
CREATE TABLE alohub.delivery_attempt (       -- columns of a fixed width first: 8 bytes a row
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  started_at  timestamptz NOT NULL,
  revision    integer NOT NULL,
  attempt     integer NOT NULL,             -- counts from 1 for each revision; one that was refunded counts again
  duration_ms integer,                      -- null: the replica never recorded it
  http_status smallint,                     -- null: there was no answer
  account     text NOT NULL,
  phone       text COLLATE "C" NOT NULL,    -- E.164
  outcome     text NOT NULL CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'FAILED', 'UNKNOWN', 'NOT_SENT', 'THROTTLED', 'ACCOUNT_REFUSED')),
  error       text,                         -- in plain words; null: accepted
  replica     text                          -- host and process id; null: it ended before it recorded the attempt
) WITH (
  autovacuum_vacuum_insert_scale_factor = 0.2,
  vacuum_truncate = false                   -- as for customer_outbox
);
-- By phone: what people have. An index by customer beside it would be paid for by each attempt.
CREATE INDEX delivery_attempt_phone ON alohub.delivery_attempt (phone, id);

-- One row per call of an operator function, written by it in its own transaction.
CREATE TABLE alohub.audit (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  who         name NOT NULL DEFAULT session_user,
  act         text NOT NULL CHECK (act IN ('RETRY', 'HOLD', 'RELEASE', 'PAUSE', 'RESUME', 'RESYNC', 'IMPORT')),
  account     text NOT NULL,
  customer_id bigint,                       -- null: the act was about the account
  phone       text,                         -- E.164; null as well
  reason      text                          -- null: none was given
);
CREATE INDEX audit_customer ON alohub.audit (customer_id) WHERE customer_id IS NOT NULL;
COMMENT ON TABLE alohub.audit IS 'Append-only: each call of an operator function, who made it and why.';

-- How far the purge of each history has come. All replicas share a row's turn: the replica that has it locked purges, the others pass by. A
-- pass skips young rows; once an hour one goes through everything.
CREATE TABLE alohub.retention (
  history      text PRIMARY KEY CHECK (history IN ('customer_outbox', 'delivery_attempt')),
  after_id     bigint NOT NULL DEFAULT 0,                             -- the pass goes on behind this id; 0: it begins anew
  next_at      timestamptz NOT NULL DEFAULT clock_timestamp(),        -- no batch before this, of any replica
  young        bigint NOT NULL DEFAULT 0,                             -- rows at the end of the pass so far that were all too young
  full_pass    boolean NOT NULL DEFAULT false,                        -- this pass goes to the last row
  next_full_at timestamptz NOT NULL DEFAULT clock_timestamp()         -- the pass that begins after this is a full one
);
COMMENT ON TABLE alohub.retention IS 'How far the purge of old rows and attempts has come; the settings alohub.retention say what is old.';
INSERT INTO alohub.retention (history) VALUES ('customer_outbox'), ('delivery_attempt');
