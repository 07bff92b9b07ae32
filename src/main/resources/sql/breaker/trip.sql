-- A fault stops the account's calls.
UPDATE alohub.account a
SET gate = CASE WHEN shuts THEN n.gate ELSE a.gate END,
    gate_since = CASE WHEN shuts AND a.gate <> n.gate THEN clock_timestamp() ELSE a.gate_since END,
    gate_until = CASE WHEN shuts THEN NULL ELSE a.gate_until END, gate_by = CASE WHEN shuts THEN NULL ELSE a.gate_by END,
    gate_cause = CASE WHEN shuts THEN n.cause ELSE a.gate_cause END, gate_reason = CASE WHEN shuts THEN n.reason ELSE a.gate_reason END,
    gate_needs = CASE WHEN shuts THEN n.needs ELSE a.gate_needs END,
    learned_rate = CASE WHEN n.cause = 'FAILING' AND a.learned_brief THEN NULL ELSE a.learned_rate END,
    gate_answered = CASE WHEN shuts THEN n.answered ELSE a.gate_answered END,
    refused_keys = CASE WHEN n.cause <> 'KEY' OR n.key = ANY (a.refused_keys) THEN a.refused_keys ELSE (n.key || a.refused_keys)[1:10] END,
    -- UNREACHABLE is probed soon at first, since network faults are often short: three times after 1 s, then after 2 s,
    -- 4 s … up to the probe interval. The same holds where answers about customers have tripped it: other customers may be
    -- accepted. What Alohub has refused is probed at the interval, unless others were accepted a moment ago.
    probe_at = greatest(CASE WHEN a.gate = 'THROTTLED' THEN a.gate_until END, clock_timestamp() + make_interval(secs =>
      CASE WHEN n.gate = 'UNREACHABLE' OR n.answered THEN least(n.pause, power(2, least(a.probes / 3, 30))) WHEN n.soon THEN least(n.pause, 1) ELSE n.pause END))
FROM (SELECT :state AS gate, :cause AS cause, :reason AS reason, :needs AS needs, :key AS key, :soon::boolean AS soon, :probe_interval::float8 AS pause, :by_answers::boolean AS answered) n CROSS JOIN LATERAL (
  -- A refused key does not end a pause: it only keeps out replicas that hold it. A key that is known to be refused stops
  -- nothing for replicas that have another one.
  SELECT n.cause <> 'KEY' OR NOT (b.gate = 'THROTTLED' OR (b.gate IN ('OPEN', 'PROBING') AND n.key = ANY (b.refused_keys))) AS shuts
  FROM alohub.account b WHERE b.name = :account FOR NO KEY UPDATE) l
-- A network fault does not end a pause.
WHERE a.name = :account AND a.gate <> 'PAUSED' AND NOT (a.gate = 'THROTTLED' AND n.gate = 'UNREACHABLE')
