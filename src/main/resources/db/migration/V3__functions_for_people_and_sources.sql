-- The insert as a function, names defaulted: SELECT alohub.enqueue_customer(phone => '0868793800', name => 'Bằng');
CREATE FUNCTION alohub.enqueue_customer(
  phone text DEFAULT NULL, name text DEFAULT NULL, email text DEFAULT NULL, account text DEFAULT 'default',
  source text DEFAULT NULL, source_ref text DEFAULT NULL, priority integer DEFAULT 0) RETURNS bigint
LANGUAGE sql AS $$
  INSERT INTO alohub.customer_outbox (phone, name, email, account, source, source_ref, priority)
  VALUES ($1, $2, $3, coalesce($4, 'default'), $5, $6, least(greatest(coalesce($7, 0), -32768), 32767)::smallint)
  RETURNING id
$$;

-- A phone as a person types it, as the customer's key. Plain forms only: 0868793800, 84868793800, +84868793800, with separators.
CREATE FUNCTION alohub.as_key(phone text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '+84' || CASE WHEN plain ~ '^[35789][0-9]{8}$' THEN plain -- a mobile without its zero, 84x among them
                       ELSE regexp_replace(plain, '^(\+?84|0084|0)0?', '') END
  FROM regexp_replace(phone, '[^0-9+]', '', 'g') AS plain
$$;

-- The one customer that a person means, locked, or an error that says what is wrong.
CREATE FUNCTION alohub.locked_customer(of_phone text, of_account text) RETURNS alohub.customer LANGUAGE plpgsql AS $$
DECLARE found_customer alohub.customer;
BEGIN
  SELECT * INTO found_customer FROM alohub.customer c
  WHERE c.account = of_account AND c.phone = alohub.as_key(of_phone) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no customer % in account %', alohub.as_key(of_phone), of_account
      USING HINT = 'Look in alohub.outbox_status: the row may be new or rejected.';
  END IF;
  RETURN found_customer;
END $$;

-- Makes the customer due: the dead revive with their attempts reset, the delivered are sent once more (a resync).
-- Nobody goes before a backoff or a quarantine ends, and held customers stay held. Returns the status.
CREATE FUNCTION alohub.retry(phone text, account text DEFAULT 'default') RETURNS text LANGUAGE plpgsql AS $$
DECLARE c alohub.customer := alohub.locked_customer(retry.phone, retry.account);
BEGIN
  IF NOT EXISTS (SELECT FROM alohub.due WHERE customer_id = c.id) THEN
    UPDATE alohub.customer SET wanted_revision = wanted_revision + 1, updated_at = clock_timestamp() WHERE id = c.id;
    INSERT INTO alohub.due (customer_id, account, wanted_revision) VALUES (c.id, c.account, c.wanted_revision + 1);
  ELSE
    IF c.delivered_revision = c.wanted_revision THEN -- delivered and held: sent once more when it is released
      UPDATE alohub.customer SET wanted_revision = wanted_revision + 1, updated_at = clock_timestamp() WHERE id = c.id;
      UPDATE alohub.due SET wanted_revision = c.wanted_revision + 1 WHERE customer_id = c.id;
    END IF;
    UPDATE alohub.due SET dead = false, attempts = 0,
      due_at = CASE WHEN hold IS NULL THEN greatest(clock_timestamp(), not_before) ELSE 'infinity' END
    WHERE customer_id = c.id;
  END IF;
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Keeps a customer from being sent, until release. A call in flight is not called back.
CREATE FUNCTION alohub.hold(phone text, account text DEFAULT 'default', reason text DEFAULT 'held by a person') RETURNS text LANGUAGE plpgsql AS $$
DECLARE c alohub.customer := alohub.locked_customer(hold.phone, hold.account);
BEGIN
  INSERT INTO alohub.due AS d (customer_id, account, wanted_revision, due_at, hold)
  VALUES (c.id, c.account, c.wanted_revision, 'infinity', coalesce(hold.reason, 'held by a person'))
  ON CONFLICT (customer_id) DO UPDATE SET due_at = 'infinity', hold = excluded.hold;
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

CREATE FUNCTION alohub.release(phone text, account text DEFAULT 'default') RETURNS text LANGUAGE plpgsql AS $$
DECLARE c alohub.customer := alohub.locked_customer(release.phone, release.account);
BEGIN
  -- At rest but for the hold: nothing is left to do.
  DELETE FROM alohub.due d WHERE d.customer_id = c.id AND d.hold IS NOT NULL AND d.lease_token IS NULL AND NOT d.dead
    AND c.delivered_revision = c.wanted_revision;
  UPDATE alohub.due d SET hold = NULL,
    due_at = CASE WHEN d.dead THEN 'infinity' ELSE greatest(clock_timestamp(), d.not_before) END
  WHERE d.customer_id = c.id AND d.hold IS NOT NULL;
  RETURN (SELECT s.status FROM alohub.sync_status s WHERE s.id = c.id);
END $$;

-- Stops all calls of an account on every replica within a poll, and lets them go on.
CREATE FUNCTION alohub.pause(account text DEFAULT 'default', reason text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  UPDATE alohub.account a SET gate = 'PAUSED', gate_since = clock_timestamp(), gate_until = NULL, probe_at = NULL,
    gate_reason = 'Paused by ' || session_user || coalesce(': ' || pause.reason, '') || '. Resume it with alohub.resume(''' || a.name || ''').'
  WHERE a.name = pause.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', pause.account USING HINT = 'alohub.account lists the accounts.';
  END IF;
  RETURN 'PAUSED';
END $$;
CREATE FUNCTION alohub.resume(account text DEFAULT 'default') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  UPDATE alohub.account a SET gate = 'OPEN', gate_since = clock_timestamp(), gate_until = NULL, probe_at = NULL, gate_reason = NULL,
    refused_keys = '{}', throttles = 0, probes = 0
  WHERE a.name = resume.account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', resume.account USING HINT = 'alohub.account lists the accounts.';
  END IF;
  RETURN 'OPEN';
END $$;

INSERT INTO alohub.account (name) VALUES ('default');
