-- An account's breaker, and the database's time. Somebody may have written megabytes by hand.
SELECT clock_timestamp(), state, state_since, state_until, state_by, left(state_reason, 2000), state_needs, trip_cause, tripped_by_answers,
       probe_at, probes, throttles, recovered_at, refused_keys, accepted_key,
       learned_rate, learned_limit, learned_doubts, learned_brief, learned_passed, learned_at
FROM alohub.account WHERE name = :account
