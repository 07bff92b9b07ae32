-- Leases due customers of an account whose calls need slots, from the beginning of the index. Each
-- call has a slot on a schedule that all replicas share.
WITH RECURSIVE
  -- Each priority is a range of the index due_claim of its own. A skip scan finds the priorities,
  -- highest first, so a million customers in backoff at one priority cost the others nothing.
  level (priority) AS (
    (SELECT priority FROM alohub.due WHERE account = :account ORDER BY priority DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT d.priority FROM alohub.due d WHERE d.account = :account AND d.priority < level.priority
            ORDER BY d.priority DESC LIMIT 1)
    FROM level WHERE level.priority IS NOT NULL),
  account AS MATERIALIZED (
    SELECT state IN ('ACTIVE', 'RECOVERING', 'KEY_REJECTED') AND NOT :key = ANY (refused_keys) AS open, :limit::bigint AS most, :interval::float8 AS set_interval, :burst::float8 AS burst,
           :horizon::float8 AS horizon, :ramp::float8 AS ramp, state, state_since, state_until, learned_rate, learned_limit, recovered_at, rate_spent_until, clock_timestamp() AS now
    FROM alohub.account WHERE name = :account FOR NO KEY UPDATE),
  -- From one slot to the next is an interval: the configured one or the learned one, longer while
  -- calls rise again after the account was closed.
  pace AS MATERIALIZED (
    SELECT *, greatest(coalesce(set_interval, 1 / learned_rate),
             CASE WHEN state = 'RECOVERING' AND ramp > 0 THEN 0.1 / power(1000, least(1, greatest(0,
               1 - extract(epoch FROM coalesce(state_until, state_since + make_interval(secs => ramp)) - now)::float8 / ramp))) END) AS interval
    FROM account),
  -- Unused slots of the past are lost, except for the burst.
  schedule AS MATERIALIZED (
    SELECT *, greatest(least(rate_spent_until, now + make_interval(secs => greatest(60, interval))), now - make_interval(secs => CASE WHEN set_interval = interval THEN (burst - 1) * interval ELSE 0 END)) AS free_from
    FROM pace),
  -- Slots are given out a moment ahead (the horizon), so that one claim takes several. Always one
  -- row.
  permits (allowed, recovered_at) AS MATERIALIZED (
    SELECT coalesce(max(CASE WHEN NOT open THEN 0 WHEN interval IS NULL THEN most
                ELSE least(most, greatest(0, floor((extract(epoch FROM now - free_from)::float8 + horizon) / interval + 1e-6)::bigint + 1)) END), 0), max(recovered_at)
    FROM schedule),
  picked AS MATERIALIZED (
    SELECT d.* FROM (SELECT priority FROM level WHERE priority IS NOT NULL) l
    CROSS JOIN LATERAL (
      SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts, d.refused_at
      FROM alohub.due d
      -- (SELECT clock_timestamp()) is evaluated once, so it is an index condition; the bare call
      -- would be a filter on every row.
      WHERE d.account = :account AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
        AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
        -- After a lease without a settlement: a customer that another transaction has locked could
        -- not be settled this time either.
        AND (d.lease_until IS NULL OR EXISTS (SELECT FROM alohub.customer c WHERE c.id = d.customer_id FOR NO KEY UPDATE SKIP LOCKED))
      ORDER BY d.due_at
      LIMIT (SELECT allowed FROM permits) FOR NO KEY UPDATE SKIP LOCKED) d
    LIMIT (SELECT allowed FROM permits)),
  claimed AS (
    UPDATE alohub.due d
    SET lease_token = (SELECT nextval('alohub.lease_token')), leased_at = clock_timestamp(),
        lease_until = clock_timestamp() + make_interval(secs => :lease), sent_revision = p.wanted_revision,
        -- A lease that ended without a settlement has used up an attempt.
        attempts = d.attempts + (p.sent_revision IS NOT DISTINCT FROM p.wanted_revision)::integer
    -- A merge between the reads of the two rows shows as different revisions: the next claim takes
    -- that customer.
    FROM picked p JOIN alohub.customer c ON c.id = p.customer_id AND c.wanted_revision = p.wanted_revision
    -- The array too: planned while the table was empty, the join alone might read all of it for
    -- each customer.
    WHERE d.customer_id = p.customer_id AND d.customer_id = ANY (ARRAY(SELECT customer_id FROM picked))
    RETURNING d.customer_id, d.lease_token, c.account, c.phone, c.name, c.email, d.wanted_revision, d.attempts,
              p.lease_token IS NOT NULL AS lost, p.sent_revision AS lost_revision, p.leased_at AS lost_at, p.attempts AS spent,
              coalesce(p.refused_at < (SELECT recovered_at FROM permits), false) AS suspect, d.priority, d.due_at,
              CASE WHEN d.throttled_revision = d.wanted_revision THEN d.throttled END AS throttled, d.throttlings),
  -- The history shows the attempt of a lease that ended without a settlement as UNKNOWN.
  recorded AS (
    INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, error, started_at)
    SELECT customer_id, account, phone, lost_revision, spent + 1, 'UNKNOWN',
           'The replica that had this customer ended before it recorded what came of the call.', lost_at
    FROM claimed WHERE lost),
  -- The calls that were taken move the schedule on.
  spent AS (
    UPDATE alohub.account a
    SET rate_spent_until = s.free_from + make_interval(secs => n.taken * s.interval),
        -- Each call at the learned rate raises it a little.
        learned_rate = CASE
          WHEN s.set_interval IS NOT NULL OR n.taken < p.allowed OR p.allowed >= s.most OR s.interval * a.learned_rate > 1 + 1e-6 THEN a.learned_rate
          -- A rate above the end of the ramp limits nothing any more.
          WHEN a.learned_rate > 10000 THEN NULL
          -- Until Alohub has refused a second time, or has accepted more than it refused last: by a
          -- fifth of the rate in a second. A limit that names no time counts in moments: it is
          -- approached faster.
          WHEN a.learned_limit IS NULL OR a.learned_rate > 1.05 * a.learned_limit THEN
            a.learned_rate + CASE WHEN a.learned_brief THEN least(0.86, greatest(0.5, 0.08 * a.learned_rate)) ELSE 0.2 END * n.taken
          -- Else the last limit is reached again in half a minute; in seconds where it names no
          -- time.
          ELSE a.learned_rate + n.taken * (a.learned_limit / 600
                 + CASE WHEN a.learned_brief THEN greatest(0, a.learned_limit - a.learned_rate) / 5 ELSE 0 END) / a.learned_rate END
    FROM schedule s, permits p, (SELECT count(*) AS taken FROM picked) n
    WHERE a.name = :account AND n.taken > 0 AND s.interval IS NOT NULL)
-- At least one row, without a customer where none was taken: the schedule is always reported.
SELECT c.customer_id, c.lease_token, c.phone, c.name, c.email, c.wanted_revision, c.attempts, c.lost, c.suspect,
       extract(epoch FROM s.free_from - s.now)::float8, s.interval, p.allowed, c.priority, c.throttled, c.throttlings,
       date_part('epoch', c.due_at), date_part('epoch', s.now)
FROM schedule s CROSS JOIN permits p LEFT JOIN claimed c ON true
