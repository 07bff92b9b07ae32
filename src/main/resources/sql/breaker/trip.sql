-- A fault stops the account's calls.
UPDATE alohub.account a
SET state = CASE WHEN shuts THEN n.state ELSE a.state END,
    state_since = CASE WHEN shuts AND a.state <> n.state THEN clock_timestamp() ELSE a.state_since END,
    state_until = CASE WHEN shuts THEN NULL ELSE a.state_until END, state_by = CASE WHEN shuts THEN NULL ELSE a.state_by END,
    trip_cause = CASE WHEN shuts THEN n.cause ELSE a.trip_cause END, state_reason = CASE WHEN shuts THEN n.reason ELSE a.state_reason END,
    state_needs = CASE WHEN shuts THEN n.needs ELSE a.state_needs END,
    learned_rate = CASE WHEN n.cause = 'FAILING' AND a.learned_brief THEN NULL ELSE a.learned_rate END,
    tripped_by_answers = CASE WHEN shuts THEN n.answered ELSE a.tripped_by_answers END,
    refused_keys = CASE WHEN n.cause <> 'KEY' OR n.key = ANY (a.refused_keys) THEN a.refused_keys ELSE (n.key || a.refused_keys)[1:10] END,
    -- UNREACHABLE is probed soon at first, since network faults are often short: three times after 1 s, then after 2 s,
    -- 4 s … up to the probe interval. The same holds where answers about customers have tripped it: other customers may be
    -- accepted. What Alohub has refused is probed at the interval, unless others were accepted a moment ago.
    probe_at = greatest(CASE WHEN a.state = 'THROTTLED' THEN a.state_until END, clock_timestamp() + make_interval(secs =>
      CASE WHEN n.state = 'UNREACHABLE' OR n.answered THEN least(n.pause, power(2, least(a.probes / 3, 30))) WHEN n.soon THEN least(n.pause, 1) ELSE n.pause END))
FROM (SELECT :state AS state, :cause AS cause, :reason AS reason, :needs AS needs, :key AS key, :soon::boolean AS soon, :probe_interval::float8 AS pause, :by_answers::boolean AS answered) n CROSS JOIN LATERAL (
  -- A refused key does not end a pause: it only keeps out replicas that hold it. A key that is known to be refused stops
  -- nothing for replicas that have another one.
  SELECT n.cause <> 'KEY' OR NOT (b.state = 'THROTTLED' OR (b.state IN ('ACTIVE', 'RECOVERING') AND n.key = ANY (b.refused_keys))) AS shuts
  FROM alohub.account b WHERE b.name = :account FOR NO KEY UPDATE) l
-- A network fault does not end a pause.
WHERE a.name = :account AND a.state <> 'PAUSED' AND NOT (a.state = 'THROTTLED' AND n.state = 'UNREACHABLE')
