-- The common settlement of customers that were leased as they were merged: accepted, no newer
-- revision is wanted, and the customer is not locked. The customer comes to rest.
WITH settled AS (
  UPDATE alohub.customer c
  SET delivered_revision = s.sent, delivered_at = clock_timestamp(), attempts = 1, lease_token = NULL,
      last_outcome = 'ACCEPTED', http_status = s.http_status, error = NULL, updated_at = clock_timestamp()
  FROM unnest(:customers::bigint[], :tokens::bigint[], :sent::integer[], :phones::text[], :http_statuses::integer[], :ages::float8[], :durations::float8[], :replicas::text[])
    AS s (customer_id, token, sent, phone, http_status, age, seconds, replica)
  -- The fence: a settlement whose token is no longer the lease's changes nothing. A newer revision
  -- would have moved the lease.
  WHERE c.id = s.customer_id AND c.lease_token = s.token AND c.wanted_revision = s.sent
  RETURNING c.id, c.account, s.sent, s.phone, s.http_status, s.age, s.seconds, s.replica),
recorded AS (
  INSERT INTO alohub.delivery_attempt
    (customer_id, account, phone, revision, attempt, outcome, http_status, started_at, duration_ms, replica)
  SELECT id, account, phone, sent, 1, 'ACCEPTED', http_status,
         clock_timestamp() - make_interval(secs => age), (seconds * 1000)::integer, replica
  FROM settled),
counted AS (
  INSERT INTO alohub.status_delta (account, sending) SELECT account, -count(*) FROM settled GROUP BY account),
-- Leases whose last customers these are.
ended AS (
  DELETE FROM alohub.merge_lease WHERE token = ANY (:ended::bigint[]))
SELECT id FROM settled
