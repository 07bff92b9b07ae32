-- Deletes ended logins that would be over by themselves by now. Only people who have logged in end
-- some, so they are few and need no index.
DELETE FROM alohub.ended_login WHERE session = ANY (ARRAY(
  SELECT session FROM alohub.ended_login WHERE until < clock_timestamp() LIMIT :limit FOR UPDATE SKIP LOCKED))
