-- Writes an account's breaker, unless it has changed since it was read: then it is to be read and
-- decided anew.
UPDATE alohub.account
SET state = :state, state_since = :since, state_until = :until, state_by = :by, state_reason = :reason, state_needs = :needs,
    trip_cause = :cause, tripped_by_answers = :by_answers,
    probe_at = :probe_at, probes = :probes, throttles = :throttles, recovered_at = :recovered_at,
    refused_keys = :refused_keys, accepted_key = :accepted_key,
    -- Claims raise the rate and move the schedule on, and that is no change of the breaker. So
    -- neither is compared, and the rate is written only where the breaker changes it. What else was
    -- learned changes together with the state.
    learned_rate = CASE WHEN :rate_changes::boolean THEN :rate::float8 ELSE learned_rate END,
    learned_limit = :rate_limit, learned_doubts = :rate_doubts, learned_brief = :rate_brief, learned_passed = :rate_passed, learned_at = :rate_at,
    rate_spent_until = greatest(rate_spent_until, :spent_until::timestamptz)
WHERE name = :account
  AND (state, state_since, state_until, state_by, left(state_reason, 2000), state_needs, trip_cause, tripped_by_answers,
       probe_at, probes, throttles, recovered_at, refused_keys, accepted_key)
    IS NOT DISTINCT FROM
      (:was_state::text, :was_since::timestamptz, :was_until::timestamptz, :was_by::text, :was_reason::text, :was_needs::text, :was_cause::text, :was_by_answers::boolean,
       :was_probe_at::timestamptz, :was_probes::integer, :was_throttles::integer, :was_recovered_at::timestamptz, :was_refused_keys::text[], :was_accepted_key::text)
