-- Every settlement that is not of the common kind. It judges only what was sent: where a newer
-- revision is wanted (the merge has reset the attempts), the customer does not become DEAD and
-- stays due.
WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS now),
kept AS (
  UPDATE alohub.due d
  SET lease_token = NULL, leased_at = NULL, lease_until = NULL, sent_revision = NULL,
      attempts = CASE WHEN s.accepted THEN 0 WHEN d.wanted_revision > s.sent THEN d.attempts ELSE d.attempts + s.spent END,
      -- If a person retried the customer meanwhile, this was not its last attempt.
      dead = d.dead OR (s.dead AND d.wanted_revision = s.sent AND (s.outcome = 'REFUSED' OR d.attempts >= s.attempt - 1)),
      -- A call that failed together with the account, without an attempt spent: a suspect once
      -- another customer is accepted.
      refused_at = CASE WHEN s.outcome = 'ACCOUNT_REFUSED' OR (s.called AND s.spent = 0 AND s.outcome IN ('FAILED', 'UNKNOWN', 'REFUSED')) THEN m.now
                        WHEN NOT s.accepted THEN d.refused_at END,
      throttled = CASE WHEN s.outcome = 'THROTTLED' AND s.http_status = 503
                       THEN CASE WHEN d.throttled_revision = s.sent THEN least(d.throttled, 1000) + 1 ELSE 1 END ELSE d.throttled END,
      throttlings = CASE WHEN NOT s.called THEN d.throttlings WHEN s.outcome = 'THROTTLED' THEN least(coalesce(d.throttlings, 0), 1000) + 1 END,
      throttled_revision = CASE WHEN s.outcome = 'THROTTLED' AND s.http_status = 503 THEN s.sent ELSE d.throttled_revision END,
      not_before = CASE WHEN s.wait > 0 THEN m.now + make_interval(secs => s.wait) ELSE d.not_before END,
      due_at = CASE WHEN d.hold IS NOT NULL OR d.dead
                      OR (s.dead AND d.wanted_revision = s.sent AND (s.outcome = 'REFUSED' OR d.attempts >= s.attempt - 1)) THEN 'infinity'
                    WHEN s.wait > 0 THEN m.now + make_interval(secs => s.wait)
                    -- Without a wait it keeps its place in the order.
                    ELSE d.due_at END
  FROM moment m, unnest(:customers::bigint[], :tokens::bigint[], :sent::integer[], :phones::text[], :accepted::boolean[], :dead::boolean[], :spent::integer[],
         :called::boolean[], :attempts::integer[], :waits::float8[], :outcomes::text[], :http_statuses::integer[], :errors::text[], :ages::float8[], :durations::float8[], :replicas::text[])
    AS s (customer_id, token, sent, phone, accepted, dead, spent, called, attempt, wait, outcome, http_status, error, age, seconds, replica)
  -- The fence: a settlement whose token is no longer the lease's changes nothing.
  WHERE d.customer_id = s.customer_id AND d.lease_token = s.token
  RETURNING d.customer_id, d.account, d.attempts, s.sent, s.phone, s.accepted, s.called, s.attempt, s.outcome, s.http_status,
            s.error, s.age, s.seconds, s.replica),
recorded AS (
  INSERT INTO alohub.delivery_attempt
    (customer_id, account, phone, revision, attempt, outcome, http_status, error, started_at, duration_ms, replica)
  SELECT customer_id, account, phone, sent, attempt, outcome, http_status, error,
         clock_timestamp() - make_interval(secs => age), (seconds * 1000)::integer, replica
  FROM kept WHERE called),
-- A value that was replaced, and is accepted after that, was delivered: see outbox_status.
carried AS (
  DELETE FROM alohub.replaced_value v
  USING kept k
  WHERE k.accepted AND v.customer_id = k.customer_id AND k.sent BETWEEN v.first_revision AND v.last_revision),
shown AS (
  UPDATE alohub.customer c
  SET delivered_revision = CASE WHEN k.accepted THEN greatest(c.delivered_revision, k.sent) ELSE c.delivered_revision END,
      delivered_at = CASE WHEN k.accepted THEN clock_timestamp() ELSE c.delivered_at END,
      attempts = k.attempts, last_outcome = k.outcome, http_status = k.http_status, error = k.error,
      updated_at = clock_timestamp()
  FROM kept k
  WHERE c.id = k.customer_id AND k.outcome IS NOT NULL)
SELECT customer_id FROM kept
