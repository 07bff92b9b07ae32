-- Triggers of the outbox, the inbox and the audit. CREATE OR REPLACE TRIGGER waits for those who write the table, and those who come later
-- wait for it: at most 2 s, then it lets them go first and is tried again (the class Migration). So this file should change seldom.

-- Wakes an idle daemon. A NOTIFY in every insert would cost a busy source more than half of its commits, since those that notify queue
-- on one lock. Here a writer takes a shared lock. If it is refused, the daemon waits for a notification, or is about to, and the writer
-- notifies. If it is granted, the daemon waits for the lock until this transaction ends, and then scans once more. The insert
-- never waits; without a daemon, or with alohub.database.listen switched off, it never notifies.
-- The lock is asked for first: PL/pgSQL prepares an expression anew in each transaction, and the settings took 5 of the 10 µs that this
-- trigger cost each commit of a source.
-- A transaction that has executed NOTIFY cannot be prepared. So where the server allows prepared transactions, a source's transaction
-- notifies only if alohub.notify is on (ALTER ROLE … SET or ALTER DATABASE … SET); where it does not, unless it is off.
CREATE OR REPLACE FUNCTION alohub.notify_idle_listener() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_try_advisory_xact_lock_shared(4705186213417410) THEN -- the number is the one in the daemon's RowListener
    RETURN NULL;
  END IF;
  IF (CASE WHEN lower(current_setting('alohub.notify', true)) IN ('on', 'true', 'yes', '1') THEN true
           WHEN lower(current_setting('alohub.notify', true)) IN ('off', 'false', 'no', '0') THEN false
           ELSE current_setting('max_prepared_transactions') = '0' END) THEN
    PERFORM pg_notify('alohub_rows', '');
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER notify_idle_listener AFTER INSERT ON alohub.customer_outbox
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.notify_idle_listener();

-- The inbox: it takes no id, and what its writer sends as null because it names every column gets the outbox's default.
CREATE OR REPLACE FUNCTION alohub.write_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alohub.customer_outbox (account, phone, name, email, source, source_ref, source_version, priority, created_at, traceparent)
  VALUES (coalesce(NEW.account, 'default'), NEW.phone, NEW.name, NEW.email, NEW.source, NEW.source_ref, NEW.source_version,
          coalesce(NEW.priority, 0::smallint), coalesce(NEW.created_at, clock_timestamp()), NEW.traceparent)
  RETURNING id INTO NEW.id;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER write_outbox INSTEAD OF INSERT ON alohub.customer_inbox FOR EACH ROW EXECUTE FUNCTION alohub.write_outbox();

-- The audit: rows are added and never change.
CREATE OR REPLACE FUNCTION alohub.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'alohub.audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON alohub.audit FOR EACH STATEMENT EXECUTE FUNCTION alohub.keep_audit();
