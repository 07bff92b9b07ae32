-- A follower whose time has come, locked; others pass over it.
SELECT at_id, seen_id, seen_at IS NOT NULL FROM alohub.follower WHERE name = :name AND next_at <= clock_timestamp() FOR UPDATE SKIP LOCKED
