-- The same message for each channel.
INSERT INTO alohub.notify_message (channel, event, account, facts, once)
SELECT channel, :event, :account, :facts::jsonb, :once::text FROM unnest(:channels::text[]) AS channel
ON CONFLICT (channel, once) DO NOTHING
