-- Writes the names and e-mails of customers behind one, to search by: so many at a time, and only
-- what is not there as it is. Gives how many were looked at, and the last.
WITH taken AS MATERIALIZED (
  SELECT id, account, alohub.folded(name) AS name_key, left(lower(email), 100) AS email_key FROM alohub.customer
  WHERE id > :after AND id <= :seen ORDER BY id LIMIT :most),
written AS (
  INSERT INTO alohub.customer_search AS s (customer_id, account, name_key, email_key)
  SELECT t.id, t.account, t.name_key, t.email_key FROM taken t LEFT JOIN alohub.customer_search b ON b.customer_id = t.id
  WHERE (t.name_key IS NOT NULL OR t.email_key IS NOT NULL OR b.customer_id IS NOT NULL)
    AND (b.name_key IS DISTINCT FROM t.name_key OR b.email_key IS DISTINCT FROM t.email_key)
  ON CONFLICT (customer_id) DO UPDATE SET name_key = excluded.name_key, email_key = excluded.email_key)
SELECT count(*), coalesce(max(id), :seen) FROM taken
