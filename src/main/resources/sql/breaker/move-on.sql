-- Ends a ramp whose time is over, and lets calls go again after a refused key was replaced.
UPDATE alohub.account a
SET state = CASE WHEN opens THEN 'ACTIVE' ELSE 'RECOVERING' END, state_since = clock_timestamp(), trip_cause = NULL, state_by = NULL,
    state_until = CASE WHEN opens THEN NULL ELSE clock_timestamp() + n.ramp END,
    state_reason = CASE WHEN opens THEN NULL ELSE 'Another key is in use; calls go again, a few at first.' END, state_needs = NULL, probes = 0
FROM (SELECT make_interval(secs => :ramp) AS ramp, :key AS key) n CROSS JOIN LATERAL (
  -- A refused key says nothing about another one. refused_keys keeps out replicas that still have the old key; they go on
  -- probing. Without a ramp where the new key was accepted already: then it is the old one that lags behind.
  SELECT b.state = 'RECOVERING' OR coalesce(b.accepted_key = n.key, false) AS opens
  FROM alohub.account b WHERE b.name = :account FOR NO KEY UPDATE) l
-- What a person paused, only a person resumes.
WHERE a.name = :account AND ((a.state = 'RECOVERING' AND coalesce(a.state_until, a.state_since + n.ramp) <= clock_timestamp()) OR (a.state = 'KEY_REJECTED' AND NOT n.key = ANY (a.refused_keys)))
