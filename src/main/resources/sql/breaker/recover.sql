-- An answer about a customer lets calls go again.
UPDATE alohub.account a
SET gate = CASE WHEN opens THEN 'PROBING' ELSE a.gate END, gate_since = CASE WHEN opens THEN clock_timestamp() ELSE a.gate_since END,
    gate_until = CASE WHEN opens THEN clock_timestamp() + n.ramp ELSE a.gate_until END, gate_by = CASE WHEN opens THEN NULL ELSE a.gate_by END,
    gate_reason = CASE WHEN opens THEN 'A probe got through; calls go again, a few at first.' ELSE a.gate_reason END,
    gate_needs = CASE WHEN opens THEN NULL ELSE a.gate_needs END, gate_cause = CASE WHEN opens THEN NULL ELSE a.gate_cause END,
    refused_keys = array_remove(a.refused_keys, n.key),
    probe_at = CASE WHEN array_remove(a.refused_keys, n.key) = '{}' THEN NULL ELSE a.probe_at END,
    throttles = 0, probes = 0, opened_at = CASE WHEN n.accepted THEN clock_timestamp() ELSE a.opened_at END
FROM (SELECT make_interval(secs => :ramp) AS ramp, :key AS key, :accepted::boolean AS accepted) n CROSS JOIN LATERAL (
  SELECT gate NOT IN ('OPEN', 'PROBING') AS opens FROM alohub.account WHERE name = :account FOR NO KEY UPDATE) l
WHERE a.name = :account AND a.gate <> 'PAUSED'
  -- Only its time ends a pause; a probe that is accepted also ends a long one.
  AND (a.gate <> 'THROTTLED' OR (n.accepted AND a.gate_until > a.gate_since + interval '1 hour'))
