-- Alohub has asked for a pause. Many calls report the same one: the first counts, the others can only make it longer.
UPDATE alohub.account a
SET state_since = CASE WHEN a.state = 'THROTTLED' THEN a.state_since ELSE n.now END, state_until = l.until, state_by = NULL, trip_cause = NULL,
    state_reason = CASE WHEN n.seconds < 1 THEN 'Alohub takes fewer calls than were made: ' ELSE 'Alohub asked for a pause: ' END || n.what,
    state_needs = 'Nothing: calls go on by themselves when it is over.',
    -- A pause longer than an hour is probed once an hour.
    probe_at = CASE WHEN a.state = 'THROTTLED' AND a.state_until > a.state_since + interval '1 hour' THEN a.probe_at
                    WHEN l.until > n.now + interval '1 hour' THEN n.now + interval '1 hour'
                    WHEN a.refused_keys <> '{}' THEN greatest(a.probe_at, l.until) END,
    throttles = CASE WHEN a.state = 'THROTTLED' OR n.seconds < 1 THEN a.throttles ELSE a.throttles + 1 END, state = 'THROTTLED'
FROM (SELECT :seconds::float8 AS seconds, :what AS what, :account AS name, clock_timestamp() AS now) n CROSS JOIN LATERAL (
  -- A pause that was too short is doubled, whatever time was named: no call was accepted since. Where no pause was asked
  -- for (less than a second) nothing doubles: the rate falls instead.
  SELECT CASE WHEN b.state = 'THROTTLED' AND n.seconds IS NULL THEN greatest(b.state_until, b.state_since + interval '1 second')
         ELSE greatest(CASE WHEN b.state = 'THROTTLED' THEN b.state_until END, n.now + make_interval(secs =>
           greatest(n.seconds, CASE WHEN b.state <> 'THROTTLED' AND coalesce(n.seconds, 1) >= 1 THEN least(3600, power(2, least(b.throttles, 12))) END))) END AS until
  FROM alohub.account b WHERE b.name = n.name FOR NO KEY UPDATE) l
WHERE a.name = n.name AND a.state IN ('ACTIVE', 'RECOVERING', 'THROTTLED')
