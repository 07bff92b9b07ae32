-- Older than any digest needs.
DELETE FROM alohub.notify_count WHERE at < clock_timestamp() - interval '8 days'
