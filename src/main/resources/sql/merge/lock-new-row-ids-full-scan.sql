-- As lock-new-rows-full-scan-skipping, but the content of the rows is not read: it may be damaged.
SELECT id FROM alohub.customer_outbox
WHERE merge_status IS NULL
  -- The SELECT: the ranges are read once, not for each row.
  AND NOT id <@ (SELECT :skipped::text::int8multirange)
ORDER BY coalesce(priority, 0::smallint) DESC, id
-- SKIP LOCKED: replicas merge side by side; another replica has the rows that are skipped.
LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED
