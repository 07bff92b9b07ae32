-- Uploads that were not completed or confirmed in time; an import that is confirmed goes on for as
-- long as it takes.
UPDATE alohub.upload
SET state = 'CANCELLED', fault = 'EXPIRED', worker = NULL, leased_until = '-infinity', ended_at = clock_timestamp()
WHERE state = 'UPLOADING' AND created_at < clock_timestamp() - interval '15 minutes'
   OR state IN ('UPLOADED', 'PREVIEWING', 'PREVIEWED') AND created_at < clock_timestamp() - interval '24 hours'
