-- What people call: retry, hold and release a customer, send customers again, pause and resume an account. They run with the rights of
-- their owner, so an operator needs none on the tables; the search path is pinned, and session_user is the person, or the daemon, which names
-- its user (acting_person). Each writes to the audit in its own transaction. Of a reason the first 1,000 characters are kept: every replica
-- reads it.

-- A phone as a person types it, as the customer's key. Plain forms only: 0868793800, 84868793800, +84868793800, with separators.
-- No backslash: in a session with standard_conforming_strings = off it would escape what follows.
CREATE OR REPLACE FUNCTION alohub.as_key(phone text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '+84' || CASE WHEN plain ~ '^[35789][0-9]{8}$' THEN plain -- a mobile without its zero, 84x among them
                       ELSE regexp_replace(plain, '^([+]?84|0084|0)0?', '') END
  FROM regexp_replace(phone, '[^0-9+]', '', 'g') AS plain
$$;

-- The one customer that a person means, locked (in due too), its lease in due if it has one, or an error that says what is wrong.
CREATE OR REPLACE FUNCTION alohub.locked_customer(of_phone text, of_account text) RETURNS alohub.customer LANGUAGE plpgsql AS $$
DECLARE found_customer alohub.customer;
BEGIN
  SELECT * INTO found_customer FROM alohub.customer c
  WHERE c.account = of_account AND c.phone = alohub.as_key(of_phone) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no customer % in account %', alohub.as_key(of_phone), of_account
      USING HINT = 'Look in alohub.outbox_status: the row may be new or rejected.';
  END IF;
  PERFORM alohub.move_leases(ARRAY[found_customer.id]);
  -- Else a claim takes it before the end of this transaction, and its settlement waits for that end.
  PERFORM FROM alohub.due d WHERE d.customer_id = found_customer.id FOR NO KEY UPDATE;
  RETURN found_customer;
END $$;

-- Makes the customer due: a dead one becomes due with its attempts reset, the delivered are sent once more (a resync).
-- No customer goes before a backoff or a quarantine ends, and held customers stay held. It goes behind what sources write today: a resend
-- of all customers must not hold up a form. Returns the status.
CREATE OR REPLACE FUNCTION alohub.retry(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
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
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('RETRY', c.account, c.id, c.phone, left(retry.reason, 1000));
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Keeps a customer from being sent, until release. A call in flight is not called back.
CREATE OR REPLACE FUNCTION alohub.hold(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c alohub.customer := alohub.locked_customer(hold.phone, hold.account);
BEGIN
  INSERT INTO alohub.due AS d (customer_id, account, wanted_revision, due_at, hold)
  VALUES (c.id, c.account, c.wanted_revision, 'infinity', coalesce(left(hold.reason, 1000), 'held by a person'))
  ON CONFLICT (customer_id) DO UPDATE SET due_at = 'infinity', hold = excluded.hold;
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('HOLD', c.account, c.id, c.phone, left(hold.reason, 1000));
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

CREATE OR REPLACE FUNCTION alohub.release(phone text, account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c alohub.customer := alohub.locked_customer(release.phone, release.account);
BEGIN
  -- At rest but for the hold: nothing is left to do.
  DELETE FROM alohub.due d WHERE d.customer_id = c.id AND d.hold IS NOT NULL AND d.lease_token IS NULL AND NOT d.dead
    AND c.delivered_revision = c.wanted_revision;
  UPDATE alohub.due d SET hold = NULL,
    due_at = CASE WHEN d.dead THEN 'infinity' ELSE greatest(clock_timestamp(), d.not_before) END
  WHERE d.customer_id = c.id AND d.hold IS NOT NULL;
  INSERT INTO alohub.audit (act, account, customer_id, phone, reason) VALUES ('RELEASE', c.account, c.id, c.phone, left(release.reason, 1000));
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Sends customers that are delivered and at rest once more, behind what sources write today: the next ones by their ids, as many as are
-- looked at. Those that wait for a call or are in one are sent anyway. Held ones stay held, and dead ones dead: Alohub has refused what they
-- hold (retry makes them due). account: null for all. customers: 10,000 at most. since: whose content or delivery changed then or later; null for all.
-- last_id: go on behind it; null: there are no more. locked: by another transaction, and left as they are.
CREATE OR REPLACE FUNCTION alohub.resync(account text DEFAULT 'default', since timestamptz DEFAULT NULL, after_id bigint DEFAULT 0,
  customers integer DEFAULT 1000, reason text DEFAULT NULL,
  OUT last_id bigint, OUT queued integer, OUT waiting integer, OUT held integer, OUT dead integer, OUT locked bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  meant bigint[];
  mine bigint[];
  resting bigint[];
BEGIN
  IF resync.account IS NOT NULL AND NOT EXISTS (SELECT FROM alohub.account a WHERE a.name = resync.account) THEN
    RAISE EXCEPTION 'no account %', resync.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  SELECT max(p.id), coalesce(array_agg(p.id) FILTER (WHERE p.account = coalesce(resync.account, p.account)
      AND (resync.since IS NULL OR p.updated_at >= resync.since)), '{}') INTO last_id, meant
  FROM (SELECT c.id, c.account, c.updated_at FROM alohub.customer c WHERE c.id > coalesce(resync.after_id, 0)
    ORDER BY c.id LIMIT least(greatest(coalesce(resync.customers, 1000), 1), 10000)) p;
  -- Locked first, then read by statements of their own: what is due is as new as the locks.
  SELECT coalesce(array_agg(l.id), '{}') INTO mine FROM (
    SELECT c.id FROM alohub.customer c WHERE c.id = ANY (meant) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED) l;
  -- Those that wait are not claimed meanwhile: their settlements would wait for the end of this transaction.
  PERFORM FROM alohub.due d WHERE d.customer_id = ANY (mine) FOR NO KEY UPDATE SKIP LOCKED;
  SELECT array_agg(m.id) INTO locked FROM unnest(meant) AS m (id) WHERE m.id <> ALL (mine);
  SELECT count(*) FILTER (WHERE d.hold IS NOT NULL), count(*) FILTER (WHERE d.hold IS NULL AND d.dead),
         count(*) FILTER (WHERE d.hold IS NULL AND d.dead IS NOT TRUE AND (d.customer_id IS NOT NULL OR c.lease_token IS NOT NULL)),
         coalesce(array_agg(c.id) FILTER (WHERE d.customer_id IS NULL AND c.lease_token IS NULL), '{}')
  INTO held, dead, waiting, resting
  FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id WHERE c.id = ANY (mine);
  queued := cardinality(resting);
  IF queued > 0 THEN
    WITH raised AS (
      UPDATE alohub.customer c SET wanted_revision = c.wanted_revision + 1, updated_at = clock_timestamp()
      WHERE c.id = ANY (resting)
      RETURNING c.id, c.account, c.wanted_revision),
    made_due AS (
      INSERT INTO alohub.due (customer_id, account, priority, wanted_revision) SELECT r.id, r.account, -1, r.wanted_revision FROM raised r)
    INSERT INTO alohub.audit (act, account, reason)
    SELECT 'RESYNC', r.account, concat_ws(' ', left(resync.reason, 1000), '(' || count(*) || ' customers)') FROM raised r GROUP BY r.account;
  END IF;
END $$;

-- Stops all calls of an account on every replica within a poll, and lets them go on.
CREATE OR REPLACE FUNCTION alohub.pause(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE alohub.account a SET state = 'PAUSED', state_since = clock_timestamp(), state_until = NULL, trip_cause = NULL, probe_at = NULL,
    state_by = coalesce(alohub.acting_person(), session_user), state_reason = coalesce(left(pause.reason, 1000), 'paused by a person'),
    state_needs = 'SELECT alohub.resume(''' || a.name || ''')'
  WHERE a.name = pause.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', pause.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  INSERT INTO alohub.audit (act, account, reason) VALUES ('PAUSE', pause.account, left(pause.reason, 1000));
  RETURN 'PAUSED';
END $$;
CREATE OR REPLACE FUNCTION alohub.resume(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- What was learned is forgotten with the rest. The replicas know how long the ramp is.
  UPDATE alohub.account a SET state = 'RECOVERING', state_since = clock_timestamp(), state_until = NULL,
    state_by = coalesce(alohub.acting_person(), session_user), state_reason = 'resumed' || coalesce(': ' || left(resume.reason, 1000), ''), state_needs = NULL, trip_cause = NULL, probe_at = NULL,
    refused_keys = '{}', throttles = 0, probes = 0, learned_rate = NULL, learned_limit = NULL, learned_at = NULL, learned_doubts = 0
  WHERE a.name = resume.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', resume.account USING HINT = 'alohub.account_status lists the accounts.';
  END IF;
  INSERT INTO alohub.audit (act, account, reason) VALUES ('RESUME', resume.account, left(resume.reason, 1000));
  RETURN 'RECOVERING';
END $$;
