-- What is remembered of an upload that has ended, after a month.
DELETE FROM alohub.upload WHERE ended_at < clock_timestamp() - interval '30 days'
