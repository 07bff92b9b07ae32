-- Deletes the oldest idempotency keys, if they are older than a day. Keys that another transaction
-- has locked are left for the next run.
DELETE FROM alohub.intake_key WHERE key = ANY (ARRAY(
  SELECT key FROM alohub.intake_key WHERE created_at < clock_timestamp() - interval '24 hours'
  ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED))
