-- Where and when the pass goes on.
UPDATE alohub.retention SET after_id = :after, next_at = clock_timestamp() + make_interval(secs => :pause), young = :young, full_pass = :full_pass,
  next_full_at = CASE WHEN :full_pass_ends THEN clock_timestamp() + interval '1 hour' ELSE next_full_at END
WHERE history = :history
