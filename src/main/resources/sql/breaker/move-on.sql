-- Ends a ramp whose time is over, and lets calls go again after a refused key was replaced.
UPDATE alohub.account a
SET gate = CASE WHEN opens THEN 'OPEN' ELSE 'PROBING' END, gate_since = clock_timestamp(), gate_cause = NULL, gate_by = NULL,
    gate_until = CASE WHEN opens THEN NULL ELSE clock_timestamp() + n.ramp END,
    gate_reason = CASE WHEN opens THEN NULL ELSE 'Another key is in use; calls go again, a few at first.' END, gate_needs = NULL, probes = 0
FROM (SELECT make_interval(secs => :ramp) AS ramp, :key AS key) n CROSS JOIN LATERAL (
  -- A refused key says nothing about another one. refused_keys keeps out replicas that still have the old key; they go on
  -- probing. Without a ramp where the new key was accepted already: then it is the old one that lags behind.
  SELECT b.gate = 'PROBING' OR coalesce(b.accepted_key = n.key, false) AS opens
  FROM alohub.account b WHERE b.name = :account FOR NO KEY UPDATE) l
-- What a person paused, only a person resumes.
WHERE a.name = :account AND ((a.gate = 'PROBING' AND coalesce(a.gate_until, a.gate_since + n.ramp) <= clock_timestamp()) OR (a.gate = 'REFUSED' AND NOT n.key = ANY (a.refused_keys)))
