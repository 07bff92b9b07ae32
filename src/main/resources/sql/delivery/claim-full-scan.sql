-- Leases due customers of an account, most urgent first, from the beginning of the index.
WITH RECURSIVE
  -- Each priority is a range of the index due_claim of its own. A skip scan finds the priorities,
  -- highest first, so a million customers in backoff at one priority cost the others nothing.
  level (priority) AS (
    (SELECT priority FROM alohub.due WHERE account = :account ORDER BY priority DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT d.priority FROM alohub.due d WHERE d.account = :account AND d.priority < level.priority
            ORDER BY d.priority DESC LIMIT 1)
    FROM level WHERE level.priority IS NOT NULL),
  -- Where calls are not counted the account's row is only read: a claim waits for no other. Always
  -- one row: without a registered account it allows 0 (LIMIT NULL would be no limit).
  permits (allowed, recovered_at) AS MATERIALIZED (
    -- KEY_REJECTED stops only replicas whose key is refused.
    SELECT coalesce(max(CASE WHEN state IN ('ACTIVE', 'KEY_REJECTED') AND learned_rate IS NULL AND NOT :key = ANY (refused_keys) THEN :limit::bigint END), 0), max(recovered_at)
    FROM alohub.account WHERE name = :account),
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
    FROM claimed WHERE lost)
-- At least one row, without a customer where none was taken: the time is always reported.
SELECT c.customer_id, c.lease_token, c.phone, c.name, c.email, c.wanted_revision, c.attempts, c.lost, c.suspect,
       c.priority, date_part('epoch', c.due_at), moment.now, p.allowed, c.throttled, c.throttlings
FROM (SELECT date_part('epoch', clock_timestamp()) AS now OFFSET 0) moment CROSS JOIN permits p LEFT JOIN claimed c ON true
