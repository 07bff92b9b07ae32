-- Old messages that are sent or lost.
DELETE FROM alohub.notify_message WHERE state <> 'DUE' AND created_at < clock_timestamp() - interval '30 days'
