-- Calls go again after a pause, at the rate that it has taught.
UPDATE alohub.account
SET state = CASE WHEN k.refused THEN 'KEY_REJECTED' ELSE 'RECOVERING' END, state_since = clock_timestamp(),
    state_until = CASE WHEN k.refused THEN NULL ELSE clock_timestamp() + make_interval(secs => k.ramp) END,
    state_needs = CASE WHEN k.refused THEN k.needs END, trip_cause = CASE WHEN k.refused THEN 'KEY' END,
    state_reason = CASE WHEN k.refused THEN 'Alohub refuses the key: it did so while it had asked for a pause.'
                       ELSE 'The pause is over; calls go again, fewer at first.' END,
    -- The calls before the first refusal count against the new rate, or Alohub's window would still be full: the window's
    -- ten seconds, and a little for the network.
    rate_spent_until = greatest(rate_spent_until,
      CASE WHEN n.rate IS NOT NULL THEN n.began + make_interval(secs => greatest(n.answered / n.rate, 10.53)) END),
    learned_rate = n.rate, learned_limit = n.rate_limit, learned_doubts = n.doubts, learned_brief = n.brief, learned_passed = n.passed,
    learned_at = CASE WHEN n.taught THEN state_since ELSE learned_at END
FROM (SELECT :rate::float8 AS rate, :rate_limit::float8 AS rate_limit, :doubts::integer AS doubts, :brief::boolean AS brief, :passed::integer AS passed, :taught::boolean AS taught, :began::timestamptz AS began, :answered::integer AS answered) n
CROSS JOIN LATERAL (SELECT :ramp::float8 AS ramp, :needs AS needs, :key = ANY (refused_keys) AS refused FROM alohub.account WHERE name = :account) k
WHERE name = :account
