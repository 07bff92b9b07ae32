-- Customers by account and status, counted with the writes: see status_delta and the view status_counts.

-- The first letter of the status that a row of due counts as; inlined where it is called. sync_status differs where a lease ended
-- without a word: RETRYING there from that moment on, SENDING here until the next claim, for time that passes writes nothing.
CREATE OR REPLACE FUNCTION alohub.counted_as(lease_token bigint, hold text, dead boolean, attempts integer) RETURNS "char" LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN lease_token IS NOT NULL THEN 'S'::"char" WHEN hold IS NOT NULL THEN 'H' WHEN dead THEN 'D' WHEN attempts > 0 THEN 'R' ELSE 'P' END
$$;

-- Hot: rows are summed by status first, so that the columns are chosen for a row or two and not for each.
CREATE OR REPLACE FUNCTION alohub.count_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO alohub.status_delta (account, pending, sending, retrying, dead, held)
    SELECT account, sum(CASE status WHEN 'P' THEN n ELSE 0 END), sum(CASE status WHEN 'S' THEN n ELSE 0 END),
           sum(CASE status WHEN 'R' THEN n ELSE 0 END), sum(CASE status WHEN 'D' THEN n ELSE 0 END), sum(CASE status WHEN 'H' THEN n ELSE 0 END)
    FROM (
      SELECT account, status, sum(n)::integer AS n
      FROM (
        SELECT account, alohub.counted_as(lease_token, hold, dead, attempts) AS status, 1 AS n FROM changed
        UNION ALL
        SELECT account, alohub.counted_as(lease_token, hold, dead, attempts), -1 FROM before
      ) rows
      GROUP BY account, status HAVING sum(n) <> 0
    ) sums
    GROUP BY account;
  ELSE
    INSERT INTO alohub.status_delta (account, pending, sending, retrying, dead, held)
    SELECT account, sum(CASE status WHEN 'P' THEN n ELSE 0 END), sum(CASE status WHEN 'S' THEN n ELSE 0 END),
           sum(CASE status WHEN 'R' THEN n ELSE 0 END), sum(CASE status WHEN 'D' THEN n ELSE 0 END), sum(CASE status WHEN 'H' THEN n ELSE 0 END)
    FROM (
      SELECT account, alohub.counted_as(lease_token, hold, dead, attempts) AS status,
             CASE TG_OP WHEN 'INSERT' THEN count(*)::integer ELSE -count(*)::integer END AS n
      FROM changed
      GROUP BY account, status
    ) sums
    GROUP BY account;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION alohub.count_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alohub.status_delta (account, customers, sending) SELECT account, count(*), count(lease_token) FROM changed GROUP BY account;
  RETURN NULL;
END $$;

-- Moves up to 10000 rows of status_delta into status_count; returns how many. One at a time: a session that would wait for another, whose
-- transaction may stay open, returns 0.
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

-- Counts what is there and adds what the counters lack. One statement, so one snapshot, in which a write and its delta are both or
-- neither: exact while others write. Returns by how many customers the counters were wrong, those too few and those too many.
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
      SELECT account, 0, count(lease_token), 0, 0, 0, count(*) FROM alohub.customer GROUP BY account
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

-- Statements that give or end a lease on a customer's row count it themselves: a trigger would look at every update of a customer.
-- In a database with customers these would need alohub.recount() behind them.
CREATE OR REPLACE TRIGGER count_inserted AFTER INSERT ON alohub.customer REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.count_customers();
CREATE OR REPLACE TRIGGER count_inserted AFTER INSERT ON alohub.due REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.count_due();
CREATE OR REPLACE TRIGGER count_updated AFTER UPDATE ON alohub.due REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.count_due();
CREATE OR REPLACE TRIGGER count_deleted AFTER DELETE ON alohub.due REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION alohub.count_due();
