-- The first row behind an id that is old, or the last of the next ones where none of them is, and
-- how many were read. No row: none is old, and there are fewer. Reads no further than it must.
SELECT id, aged, number FROM (
  SELECT id, coalesce(merged_at < (SELECT clock_timestamp() - make_interval(secs => :old)), false) AS aged, row_number() OVER (ORDER BY id) AS number
  FROM alohub.customer_outbox WHERE id > :after ORDER BY id LIMIT :limit) page
WHERE aged OR number = :limit ORDER BY id LIMIT 1
