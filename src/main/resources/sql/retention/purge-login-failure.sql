-- Deletes the oldest counts of failed logins, if they are older than a day. Counts that another
-- transaction has locked are left for the next run.
DELETE FROM alohub.login_failure WHERE subject = ANY (ARRAY(
  SELECT subject FROM alohub.login_failure WHERE last_at < clock_timestamp() - interval '1 day'
  ORDER BY last_at LIMIT :limit FOR UPDATE SKIP LOCKED))
