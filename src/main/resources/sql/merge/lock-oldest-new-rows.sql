-- Locks the oldest new rows of the priorities below one; rows of the given ids are skipped. Long
-- values are cut: a source may write megabytes. 201 is one more than a phone may have. A name of
-- 255 code points may be written with many more (decomposed, padded); so may an e-mail of 254.
SELECT id, coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') AS account, left(phone, 201) AS phone, left(name, 2000) AS name, left(email, 2000) AS email,
       coalesce(priority, 0::smallint) AS priority, source_version, ranks_by_id FROM alohub.customer_outbox
WHERE id = ANY (ARRAY(
  -- Each priority is a range of the index of its own; a skip scan finds them. Where there is none
  -- this costs one look at the index.
  WITH RECURSIVE level (priority) AS (
    (SELECT coalesce(priority, 0::smallint) FROM alohub.customer_outbox
     WHERE coalesce(priority, 0::smallint) < :below AND merge_status IS NULL ORDER BY coalesce(priority, 0::smallint) DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT coalesce(o.priority, 0::smallint) FROM alohub.customer_outbox o
            WHERE coalesce(o.priority, 0::smallint) < level.priority AND o.merge_status IS NULL
            ORDER BY coalesce(o.priority, 0::smallint) DESC LIMIT 1)
    FROM level WHERE level.priority IS NOT NULL)
  SELECT o.id FROM level CROSS JOIN LATERAL (
    SELECT id FROM alohub.customer_outbox
    -- The SELECT: the ranges are read once, not for each row.
    WHERE coalesce(priority, 0::smallint) = level.priority AND merge_status IS NULL AND NOT id <@ (SELECT :skipped::text::int8multirange)
    ORDER BY id LIMIT :limit) o
  ORDER BY o.id LIMIT :limit)) AND merge_status IS NULL
ORDER BY coalesce(priority, 0::smallint) DESC, id
FOR NO KEY UPDATE SKIP LOCKED
