-- The state of an account's calls.
SELECT gate, gate_since, gate_until, gate_by, gate_reason, gate_needs,
       CASE gate WHEN 'REFUSED' THEN 'KEY' WHEN 'MISCONFIGURED' THEN coalesce(gate_cause, 'ENDPOINT')
                 WHEN 'UNREACHABLE' THEN coalesce(gate_cause, 'CONNECTION') END, probe_at <= clock_timestamp(), :key = ANY (refused_keys),
       learned_rate, gate = 'THROTTLED' AND gate_until <= clock_timestamp(),
       (gate = 'PROBING' AND coalesce(gate_until, gate_since + make_interval(secs => :ramp)) <= clock_timestamp()) OR (gate = 'REFUSED' AND NOT :key = ANY (refused_keys)),
       extract(epoch FROM CASE gate WHEN 'THROTTLED' THEN gate_until ELSE probe_at END - clock_timestamp())::float8,
       gate_answered AND gate_cause IN ('FAILING', 'REFUSALS')
FROM alohub.account WHERE name = :account
