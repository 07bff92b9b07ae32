-- Leases one customer as the probe of an account whose breaker is tripped, if a probe is due.
WITH RECURSIVE
  -- Each priority is a range of the index due_claim of its own. A skip scan finds the priorities,
  -- highest first, so a million customers in backoff at one priority cost the others nothing.
  level (priority) AS (
    (SELECT priority FROM alohub.due WHERE account = :account ORDER BY priority DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT d.priority FROM alohub.due d WHERE d.account = :account AND d.priority < level.priority
            ORDER BY d.priority DESC LIMIT 1)
    FROM level WHERE level.priority IS NOT NULL),
  permits (allowed, recovered_at) AS (SELECT 1, NULL::timestamptz),
  sample AS MATERIALIZED (
    SELECT s.customer_id, greatest(s.probed_at, s.refused_at) AS tried_at,
           s.attempts = 0 AND s.probed_at IS NULL AND s.refused_at IS NULL AS untried
    FROM (SELECT priority FROM level WHERE priority IS NOT NULL LIMIT 30) l
    -- A moment between the oldest and the newest of a priority.
    CROSS JOIN LATERAL (
      SELECT o.due_at + random() * (n.due_at - o.due_at) AS due_at
      FROM (SELECT d.due_at FROM alohub.due d WHERE d.account = :account AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
            ORDER BY d.due_at LIMIT 1) o,
           (SELECT d.due_at FROM alohub.due d WHERE d.account = :account AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
            ORDER BY d.due_at DESC LIMIT 1) n) middle
    -- Of each priority the oldest that are due, the newest, and some from that moment on: no block
    -- of customers is the whole choice.
    CROSS JOIN LATERAL (
      (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
       WHERE d.account = :account AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
         AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
       ORDER BY d.due_at LIMIT 100)
      UNION ALL
      (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
       WHERE d.account = :account AND d.priority = l.priority AND d.due_at <= (SELECT clock_timestamp())
         AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
       ORDER BY d.due_at DESC LIMIT 100)
      UNION ALL
      (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at FROM alohub.due d
       WHERE d.account = :account AND d.priority = l.priority AND d.due_at >= middle.due_at AND d.due_at <= (SELECT clock_timestamp())
         AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
       ORDER BY d.due_at LIMIT 100)) s
    UNION ALL
    -- And some from a random place among the ids, and of the highest ids.
    SELECT s.customer_id, greatest(s.probed_at, s.refused_at), s.attempts = 0 AND s.probed_at IS NULL AND s.refused_at IS NULL
    FROM (SELECT first + floor(random() * (last - first + 1))::bigint AS anywhere
          FROM (SELECT min(customer_id) AS first, max(customer_id) AS last FROM alohub.due) ids) pivot
    CROSS JOIN LATERAL (
      (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at
       FROM (SELECT * FROM alohub.due WHERE customer_id >= pivot.anywhere ORDER BY customer_id LIMIT 1000) d
       WHERE d.account = :account AND d.due_at <= (SELECT clock_timestamp()) AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
       ORDER BY random() LIMIT 100)
      UNION ALL
      (SELECT d.customer_id, d.attempts, d.probed_at, d.refused_at
       FROM (SELECT * FROM alohub.due ORDER BY customer_id DESC LIMIT 1000) d
       WHERE d.account = :account AND d.due_at <= (SELECT clock_timestamp()) AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
       ORDER BY random() LIMIT 100)) s),
  candidate AS MATERIALIZED (
    SELECT s.customer_id
    FROM sample s JOIN alohub.customer c ON c.id = s.customer_id
    CROSS JOIN (SELECT probes % 3 = 2 AS tried_first FROM alohub.account WHERE name = :account) a
    -- Two times out of three a random one of those that never failed; else the one that was probed,
    -- or refused with the account, least recently.
    ORDER BY (s.untried AND coalesce(c.last_outcome, 'ACCEPTED') = 'ACCEPTED') = a.tried_first, s.tried_at NULLS FIRST, random()
    LIMIT 1000),
  -- Customers that another transaction has locked are skipped: they could not be settled.
  locked AS MATERIALIZED (
    SELECT free.* FROM candidate
    CROSS JOIN LATERAL (
      -- Of both rows as they are locked: a merge may just have changed them.
      SELECT d.customer_id, d.wanted_revision, d.lease_token, d.leased_at, d.sent_revision, d.attempts, d.refused_at, c.account, c.phone, c.name, c.email
      FROM alohub.due d JOIN alohub.customer c ON c.id = d.customer_id AND c.wanted_revision = d.wanted_revision
      WHERE d.customer_id = candidate.customer_id
        AND d.due_at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
      FOR NO KEY UPDATE OF d, c SKIP LOCKED) free
    LIMIT 1),
  -- One probe at a time over all replicas: the account's row says when the next one is due.
  turn AS (
    UPDATE alohub.account
    SET probe_at = clock_timestamp() + CASE WHEN state = 'THROTTLED' THEN interval '1 hour' ELSE make_interval(secs => :lease) END, probes = probes + 1
    WHERE name = :account AND probe_at <= clock_timestamp() AND EXISTS (SELECT FROM locked)
      AND (state IN ('KEY_REJECTED', 'MISCONFIGURED', 'BLOCKED', 'UNREACHABLE') OR (state IN ('ACTIVE', 'RECOVERING') AND :key = ANY (refused_keys))
           OR (state = 'THROTTLED' AND state_until > state_since + interval '1 hour'))
    RETURNING name),
  picked AS MATERIALIZED (SELECT locked.* FROM locked, turn),
  claimed AS (
    UPDATE alohub.due d
    SET lease_token = (SELECT nextval('alohub.lease_token')), leased_at = clock_timestamp(),
        lease_until = clock_timestamp() + make_interval(secs => :lease), sent_revision = p.wanted_revision,
        -- A lease that ended without a settlement has used up an attempt.
        attempts = d.attempts + (p.sent_revision IS NOT DISTINCT FROM p.wanted_revision)::integer,
        probed_at = clock_timestamp()
    FROM picked p
    WHERE d.customer_id = p.customer_id AND d.customer_id = ANY (ARRAY(SELECT customer_id FROM picked))
    RETURNING d.customer_id, d.lease_token, p.account, p.phone, p.name, p.email, d.wanted_revision, d.attempts,
              p.lease_token IS NOT NULL AS lost, p.sent_revision AS lost_revision, p.leased_at AS lost_at, p.attempts AS spent,
              coalesce(p.refused_at < (SELECT recovered_at FROM permits), false) AS suspect, d.priority, d.due_at,
              CASE WHEN d.throttled_revision = d.wanted_revision THEN d.throttled END AS throttled, d.throttlings),
  -- The history shows the attempt of a lease that ended without a settlement as UNKNOWN.
  recorded AS (
    INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome, error, started_at)
    SELECT customer_id, account, phone, lost_revision, spent + 1, 'UNKNOWN',
           'The replica that had this customer ended before it recorded what came of the call.', lost_at
    FROM claimed WHERE lost)
SELECT customer_id, lease_token, phone, name, email, wanted_revision, attempts, lost, suspect, throttled, throttlings FROM claimed
