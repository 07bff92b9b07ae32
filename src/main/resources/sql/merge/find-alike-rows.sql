-- Finds further new rows that spell account and phone as the given rows do, of each priority from
-- the last given row on. The given rows are named by the lowest id of each spelling. Account and
-- phone are cut as a merge cuts them; a long one is not read, since it may be a megabyte.
WITH given AS (
  SELECT min(id) AS id, max(id) AS last, priority, phone, account
  FROM (SELECT id, coalesce(priority, 0::smallint) AS priority,
               CASE WHEN pg_column_size(phone) + coalesce(pg_column_size(account), 0) < 500 THEN left(phone, 201) END AS phone,
               coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') AS account
        FROM alohub.customer_outbox WHERE id = ANY (:rows)) g
  GROUP BY priority, phone, account)
SELECT given.id, o.id
FROM (SELECT priority, max(last) AS last FROM given GROUP BY priority) level
CROSS JOIN LATERAL (
  SELECT id,
         CASE WHEN pg_column_size(phone) + coalesce(pg_column_size(account), 0) < 500 THEN left(phone, 201) END AS phone,
         coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') AS account
  FROM alohub.customer_outbox
  WHERE coalesce(priority, 0::smallint) = level.priority AND id > level.last AND merge_status IS NULL
  ORDER BY id
  LIMIT :limit) o
JOIN given ON given.priority = level.priority AND given.phone = o.phone AND given.account = o.account
ORDER BY o.id
