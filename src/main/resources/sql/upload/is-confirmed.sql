-- Whether an upload is confirmed as it is asked for again: its import waits, is under way, or is
-- done.
SELECT 1 FROM alohub.upload WHERE id = :id::uuid AND state IN ('CONFIRMED', 'IMPORTING', 'DONE') AND again = :again
  AND (:seen::integer IS NULL OR previews = :seen::integer)
