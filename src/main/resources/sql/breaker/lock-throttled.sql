-- Locks the account's row if its pause is over, and reads what is known about the rate.
SELECT state_since, learned_rate, learned_limit, learned_doubts, extract(epoch FROM state_since - learned_at), learned_at,
       learned_brief, extract(epoch FROM state_until - state_since), learned_passed
FROM alohub.account WHERE name = :account AND state = 'THROTTLED' AND state_until <= clock_timestamp() FOR NO KEY UPDATE
