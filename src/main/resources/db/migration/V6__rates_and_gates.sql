-- What replicas agree about: how fast an account may be called, and whether.

ALTER TABLE alohub.account
  DROP CONSTRAINT account_gate_check,   -- the states
  DROP CONSTRAINT account_check,        -- only THROTTLED has an end
  ADD CONSTRAINT account_gate_check CHECK (gate IN ('OPEN', 'THROTTLED', 'PROBING', 'PAUSED', 'REFUSED', 'MISCONFIGURED', 'UNREACHABLE')),
  ADD CONSTRAINT account_until_check CHECK (gate <> 'THROTTLED' OR gate_until IS NOT NULL),
  ADD COLUMN gate_by        text,        -- PAUSED: who
  ADD COLUMN gate_needs     text,        -- what it needs, in plain words
  ADD COLUMN gate_cause     text CHECK (gate_cause IN ('KEY', 'ENDPOINT', 'CONNECTION', 'FAILING', 'REFUSALS')), -- what closed it
  ADD COLUMN opened_at      timestamptz, -- a probe was accepted last: who was refused before and is again, is refused for itself
  ADD COLUMN accepted_key   text,        -- fingerprint of the key that began to be accepted last
  ADD COLUMN learned_rate   float8 CHECK (learned_rate > 0), -- calls a second that Alohub's 429s have taught; NULL: it taught none
  ADD COLUMN learned_limit  float8,      -- the rate at which it refused last; NULL: only one refusal so far
  ADD COLUMN learned_at     timestamptz, -- when it refused last
  ADD COLUMN learned_doubts integer NOT NULL DEFAULT 0; -- refusals in a row that came too soon for a limit

UPDATE alohub.account
SET gate_cause = CASE gate WHEN 'REFUSED' THEN 'KEY' WHEN 'MISCONFIGURED' THEN 'ENDPOINT' WHEN 'UNREACHABLE' THEN 'CONNECTION' END;

ALTER TABLE alohub.due ADD COLUMN refused_at timestamptz; -- this customer's call was answered as if the account were refused

-- Customers that a person may have to look at, for the page. Who is delivered at the first attempt never enters it.
CREATE INDEX due_trouble ON alohub.due (customer_id) WHERE dead OR hold IS NOT NULL OR attempts > 0;

-- PAUSED says who; resume may say why, and calls begin anew slowly.
CREATE OR REPLACE FUNCTION alohub.pause(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  UPDATE alohub.account a SET gate = 'PAUSED', gate_since = clock_timestamp(), gate_until = NULL, gate_cause = NULL, probe_at = NULL,
    gate_by = session_user, gate_reason = coalesce(pause.reason, 'paused by a person'),
    gate_needs = 'SELECT alohub.resume(''' || a.name || ''')'
  WHERE a.name = pause.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', pause.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  RETURN 'PAUSED';
END $$;
DROP FUNCTION alohub.resume(text);
CREATE FUNCTION alohub.resume(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  -- What was learned is forgotten with the rest. The replicas know how long the ramp is.
  UPDATE alohub.account a SET gate = 'PROBING', gate_since = clock_timestamp(), gate_until = NULL,
    gate_by = session_user, gate_reason = 'resumed' || coalesce(': ' || resume.reason, ''), gate_needs = NULL, gate_cause = NULL, probe_at = NULL,
    refused_keys = '{}', throttles = 0, probes = 0, learned_rate = NULL, learned_limit = NULL, learned_at = NULL, learned_doubts = 0
  WHERE a.name = resume.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', resume.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  RETURN 'PROBING';
END $$;

-- The gate of each account, for people.
CREATE VIEW alohub.account_status AS
SELECT name AS account, gate AS state, gate_since AS since, gate_until AS until, gate_by AS by, gate_reason AS reason, gate_needs AS needs,
       CASE WHEN gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE') THEN probe_at END AS next_probe_at,
       learned_rate, cardinality(refused_keys) AS refused_keys, seen_at
FROM alohub.account;
COMMENT ON VIEW alohub.account_status IS 'One row per account: whether calls go to Alohub, since when, until when, why not, and what it needs.';

-- As before, and what V5 to V7 brought.
CREATE OR REPLACE FUNCTION alohub.grant_rights() RETURNS void LANGUAGE plpgsql AS $$
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
    GRANT SELECT ON alohub.sync_status_masked, alohub.outbox_status_masked, alohub.account_status TO alohub_reader;
    GRANT SELECT (name, gate, gate_since, gate_until, gate_reason) ON alohub.account TO alohub_reader;
    IF to_regclass('alohub.status_counts') IS NOT NULL THEN
      GRANT SELECT ON alohub.status_counts TO alohub_reader;
    END IF;
    GRANT EXECUTE ON FUNCTION alohub.said, alohub.masked TO alohub_reader;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_worker') THEN
    GRANT USAGE ON SCHEMA alohub TO alohub_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA alohub TO alohub_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA alohub TO alohub_worker;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_worker;
    REVOKE EXECUTE ON FUNCTION alohub.grant_rights, alohub.hand_over FROM alohub_worker;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alohub_owner') THEN
    GRANT ALL ON SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL TABLES IN SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA alohub TO alohub_owner;
    GRANT ALL ON ALL FUNCTIONS IN SCHEMA alohub TO alohub_owner;
  END IF;
END $$;

SELECT alohub.hand_over();
