-- To be tried again. Fenced by the attempt.
UPDATE alohub.notify_message SET due_at = clock_timestamp() + make_interval(secs => :seconds), error = :error,
  refused = refused + :refused
WHERE id = :id AND attempts = :attempts AND state = 'DUE'
