-- The heartbeat: records that the account is still served, so that people see it. Its settings stay
-- those of the replica that started last. It does not wait for a person who has the row locked. One
-- row: the account is registered.
WITH seen AS (
  UPDATE alohub.account
  SET seen_at = clock_timestamp(), learned_rate = CASE WHEN :rate_is_set THEN NULL ELSE learned_rate END
  WHERE name = (SELECT name FROM alohub.account WHERE name = :account FOR NO KEY UPDATE SKIP LOCKED))
SELECT FROM alohub.account WHERE name = :account AND seen_at IS NOT NULL
