-- The rows of uploads that ended a month ago.
DELETE FROM alohub.upload WHERE ended_at < clock_timestamp() - interval '30 days'
