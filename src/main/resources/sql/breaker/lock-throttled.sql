-- Locks the account's row if its pause is over, and reads what is known about the rate.
SELECT gate_since, learned_rate, learned_limit, learned_doubts, extract(epoch FROM gate_since - learned_at), learned_at,
       learned_brief, extract(epoch FROM gate_until - gate_since), learned_passed
FROM alohub.account WHERE name = :account AND gate = 'THROTTLED' AND gate_until <= clock_timestamp() FOR NO KEY UPDATE
