-- Locks new rows, most urgent first, from the low-water mark on; rows of the given ids are skipped.
-- Long values are cut: a source may write megabytes. 201 is one more than a phone may have. A name
-- of 255 code points may be written with many more (decomposed, padded); so may an e-mail of 254.
SELECT o.* FROM (
  -- A priority above all known ones, if there is one.
  (SELECT coalesce(priority, 0::smallint), :lowest::bigint FROM alohub.customer_outbox
   WHERE coalesce(priority, 0::smallint) > :top AND merge_status IS NULL ORDER BY coalesce(priority, 0::smallint) DESC LIMIT 1)
  UNION ALL
  -- The known priorities, and where the last scan of each ended: a dead entry of the index costs as
  -- much as a live one.
  SELECT * FROM unnest(:priorities::smallint[], :marks::bigint[])) AS level (priority, first)
CROSS JOIN LATERAL (
  SELECT id, coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') AS account, left(phone, 201) AS phone, left(name, 2000) AS name, left(email, 2000) AS email,
         coalesce(priority, 0::smallint) AS priority, source_version, ranks_by_id FROM alohub.customer_outbox
  WHERE coalesce(priority, 0::smallint) = level.priority AND id >= level.first AND merge_status IS NULL
    -- The SELECT: the ranges are read once, not for each row.
    AND NOT id <@ (SELECT :skipped::text::int8multirange)
  ORDER BY id
  -- SKIP LOCKED: replicas merge side by side; another replica has the rows that are skipped.
  LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED) o
LIMIT :limit
