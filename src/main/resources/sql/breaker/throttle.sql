-- Alohub has asked for a pause. Many calls report the same one: the first counts, the others can only make it longer.
UPDATE alohub.account a
SET gate_since = CASE WHEN a.gate = 'THROTTLED' THEN a.gate_since ELSE n.now END, gate_until = l.until, gate_by = NULL, gate_cause = NULL,
    gate_reason = CASE WHEN n.seconds < 1 THEN 'Alohub takes fewer calls than were made: ' ELSE 'Alohub asked for a pause: ' END || n.what,
    gate_needs = 'Nothing: calls go on by themselves when it is over.',
    -- A pause longer than an hour is probed once an hour.
    probe_at = CASE WHEN a.gate = 'THROTTLED' AND a.gate_until > a.gate_since + interval '1 hour' THEN a.probe_at
                    WHEN l.until > n.now + interval '1 hour' THEN n.now + interval '1 hour'
                    WHEN a.refused_keys <> '{}' THEN greatest(a.probe_at, l.until) END,
    throttles = CASE WHEN a.gate = 'THROTTLED' OR n.seconds < 1 THEN a.throttles ELSE a.throttles + 1 END, gate = 'THROTTLED'
FROM (SELECT :seconds::float8 AS seconds, :what AS what, :account AS name, clock_timestamp() AS now) n CROSS JOIN LATERAL (
  -- A pause that was too short is doubled, whatever time was named: no call was accepted since. Where no pause was asked
  -- for (less than a second) nothing doubles: the rate falls instead.
  SELECT CASE WHEN b.gate = 'THROTTLED' AND n.seconds IS NULL THEN greatest(b.gate_until, b.gate_since + interval '1 second')
         ELSE greatest(CASE WHEN b.gate = 'THROTTLED' THEN b.gate_until END, n.now + make_interval(secs =>
           greatest(n.seconds, CASE WHEN b.gate <> 'THROTTLED' AND coalesce(n.seconds, 1) >= 1 THEN least(3600, power(2, least(b.throttles, 12))) END))) END AS until
  FROM alohub.account b WHERE b.name = n.name FOR NO KEY UPDATE) l
WHERE a.name = n.name AND a.gate IN ('OPEN', 'PROBING', 'THROTTLED')
