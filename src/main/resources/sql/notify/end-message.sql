-- Sent, or lost. Fenced by the attempt.
UPDATE alohub.notify_message SET state = :state, ended_at = clock_timestamp(), error = :error::text
WHERE id = :id AND attempts = :attempts AND state = 'DUE'
