-- Where and when the walk goes on.
UPDATE alohub.retention SET after_id = :after, next_at = clock_timestamp() + make_interval(secs => :pause), young = :young, full_walk = :full_walk,
  next_full_at = CASE WHEN :full_walk_ends THEN clock_timestamp() + interval '1 hour' ELSE next_full_at END
WHERE history = :history
