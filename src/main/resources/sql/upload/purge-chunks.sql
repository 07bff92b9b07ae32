-- Files of uploads that have ended, and reports a day later.
DELETE FROM alohub.upload_chunk c USING alohub.upload u
WHERE u.id = c.upload_id AND u.ended_at IS NOT NULL AND (c.kind = 'FILE' OR u.ended_at < clock_timestamp() - interval '24 hours')
