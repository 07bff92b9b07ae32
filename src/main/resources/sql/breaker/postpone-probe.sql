-- A probe did not let calls go again: when the next one is due.
UPDATE alohub.account
SET probe_at = clock_timestamp() + make_interval(secs => least(n.pause,
      -- Where answers about customers have tripped it, and the probe brought one more, other customers follow soon: eight of
      -- them, a pause of 1 s, eight more, 2 s, 4 s … up to the probe interval.
      CASE WHEN tripped_by_answers AND trip_cause IN ('FAILING', 'REFUSALS') THEN
             CASE WHEN n.answered AND probes % 8 <> 0 THEN 0.25 ELSE power(2, least(greatest(probes / 8 - 1, 0), 30)) END
           WHEN state = 'UNREACHABLE' THEN power(2, least(probes / 3, 30)) ELSE n.pause END))
FROM (SELECT :probe_interval::float8 AS pause, :answered::boolean AS answered) n
WHERE name = :account AND probe_at IS NOT NULL AND state <> 'THROTTLED'
