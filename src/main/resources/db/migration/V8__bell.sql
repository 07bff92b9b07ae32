-- A bell that rings only for a sleeper. A NOTIFY in every insert would cost a busy source more than half of its commits, since
-- those that notify queue on one lock. Here a writer takes a shared lock that nobody minds. Refused, it knows that the daemon
-- sleeps, or is about to, and rings. Got, the daemon can't fall asleep before this transaction ends: it waits for the lock, and
-- then looks once more. The insert never waits; without a daemon, or with its bell switched off, it never notifies.
CREATE FUNCTION alohub.ring_for_a_sleeper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock_shared(4705186213417410) THEN -- as in the daemon's Doorbell
    PERFORM pg_notify('alohub_rows', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ring_for_a_sleeper AFTER INSERT ON alohub.customer_outbox
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.ring_for_a_sleeper();

SELECT alohub.hand_over();
