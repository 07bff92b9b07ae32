-- How far a follower has come, and when its next turn is.
UPDATE alohub.follower SET at_id = :at, seen_id = :seen, seen_at = clock_timestamp(), next_at = clock_timestamp() + make_interval(secs => :pause)
WHERE name = :name
