-- Older than a day: what it reports has passed. Fenced by the attempt. The reason of the last attempt that failed stays; none was made
-- where no replica was running.
UPDATE alohub.notify_message SET state = 'LOST', ended_at = clock_timestamp(), error = coalesce(error, 'it was not sent within a day')
WHERE id = :id AND attempts = :attempts AND state = 'DUE' RETURNING error
