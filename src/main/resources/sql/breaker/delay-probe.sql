-- A tripped account is not probed within a pause.
UPDATE alohub.account SET probe_at = greatest(probe_at, clock_timestamp() + make_interval(secs => coalesce(:seconds::float8, 1)))
WHERE name = :account AND state IN ('KEY_REJECTED', 'MISCONFIGURED', 'BLOCKED', 'UNREACHABLE')
