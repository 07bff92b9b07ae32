-- An answer about a customer lets calls go again.
UPDATE alohub.account a
SET state = CASE WHEN opens THEN 'RECOVERING' ELSE a.state END, state_since = CASE WHEN opens THEN clock_timestamp() ELSE a.state_since END,
    state_until = CASE WHEN opens THEN clock_timestamp() + n.ramp ELSE a.state_until END, state_by = CASE WHEN opens THEN NULL ELSE a.state_by END,
    state_reason = CASE WHEN opens THEN 'A probe got through; calls go again, a few at first.' ELSE a.state_reason END,
    state_needs = CASE WHEN opens THEN NULL ELSE a.state_needs END, trip_cause = CASE WHEN opens THEN NULL ELSE a.trip_cause END,
    refused_keys = array_remove(a.refused_keys, n.key),
    probe_at = CASE WHEN array_remove(a.refused_keys, n.key) = '{}' THEN NULL ELSE a.probe_at END,
    throttles = 0, probes = 0, recovered_at = CASE WHEN n.accepted THEN clock_timestamp() ELSE a.recovered_at END
FROM (SELECT make_interval(secs => :ramp) AS ramp, :key AS key, :accepted::boolean AS accepted) n CROSS JOIN LATERAL (
  SELECT state NOT IN ('ACTIVE', 'RECOVERING') AS opens FROM alohub.account WHERE name = :account FOR NO KEY UPDATE) l
WHERE a.name = :account AND a.state <> 'PAUSED'
  -- Only its time ends a pause; a probe that is accepted also ends a long one.
  AND (a.state <> 'THROTTLED' OR (n.accepted AND a.state_until > a.state_since + interval '1 hour'))
