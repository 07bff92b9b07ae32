-- The oldest message of the channel, for two minutes, if it is due. None: it waits, or another
-- replica sends it at this moment. One that was refused for itself five times keeps no other
-- waiting.
UPDATE alohub.notify_message m SET attempts = m.attempts + 1, due_at = clock_timestamp() + interval '2 minutes'
WHERE m.id = (SELECT min(o.id) FROM alohub.notify_message o WHERE o.channel = :channel AND o.state = 'DUE'
                AND (o.refused < 5 OR o.due_at <= clock_timestamp()))
  AND m.state = 'DUE' AND m.due_at <= clock_timestamp()
RETURNING m.id, m.event, m.account, m.facts::text, m.created_at, m.attempts, extract(epoch FROM clock_timestamp() - m.created_at)
