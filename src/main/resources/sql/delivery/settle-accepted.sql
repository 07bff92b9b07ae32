-- The common settlement: accepted, no newer revision is wanted, and the customer is not locked. The
-- customer comes to rest.
WITH gone AS (
  DELETE FROM alohub.due d
  USING unnest(:customers::bigint[], :tokens::bigint[], :sent::integer[], :phones::text[], :http_statuses::integer[], :ages::float8[], :durations::float8[], :replicas::text[])
    AS s (customer_id, token, sent, phone, http_status, age, seconds, replica)
  -- The fence: a settlement whose token is no longer the lease's changes nothing.
  WHERE d.customer_id = s.customer_id AND d.lease_token = s.token AND d.wanted_revision = s.sent AND d.hold IS NULL
  RETURNING d.customer_id, d.account, d.attempts + 1 AS attempts, s.sent, s.phone, s.http_status, s.age, s.seconds, s.replica),
recorded AS (
  INSERT INTO alohub.delivery_attempt
    (customer_id, account, phone, revision, attempt, outcome, http_status, started_at, duration_ms, replica)
  SELECT customer_id, account, phone, sent, attempts, 'ACCEPTED', http_status,
         clock_timestamp() - make_interval(secs => age), (seconds * 1000)::integer, replica
  FROM gone)
UPDATE alohub.customer c
SET delivered_revision = gone.sent, delivered_at = clock_timestamp(), attempts = gone.attempts,
    last_outcome = 'ACCEPTED', http_status = gone.http_status, error = NULL, updated_at = clock_timestamp()
FROM gone WHERE c.id = gone.customer_id
RETURNING c.id
