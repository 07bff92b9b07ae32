-- The state of an account's calls.
SELECT state, state_since, state_until, state_by, state_reason, state_needs,
       CASE state WHEN 'KEY_REJECTED' THEN 'KEY' WHEN 'BLOCKED' THEN 'FIREWALL' WHEN 'MISCONFIGURED' THEN coalesce(trip_cause, 'ENDPOINT')
                 WHEN 'UNREACHABLE' THEN coalesce(trip_cause, 'CONNECTION') END, probe_at <= clock_timestamp(), :key = ANY (refused_keys),
       learned_rate, state = 'THROTTLED' AND state_until <= clock_timestamp(),
       (state = 'RECOVERING' AND coalesce(state_until, state_since + make_interval(secs => :ramp)) <= clock_timestamp()) OR (state = 'KEY_REJECTED' AND NOT :key = ANY (refused_keys)),
       extract(epoch FROM CASE state WHEN 'THROTTLED' THEN state_until ELSE probe_at END - clock_timestamp())::float8,
       tripped_by_answers AND trip_cause IN ('FAILING', 'REFUSALS')
FROM alohub.account WHERE name = :account
