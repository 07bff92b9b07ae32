-- The same for an account that is registered. It does not wait for a person who has the row locked.
UPDATE alohub.account
SET row_order = :row_order, version_unit = :version_unit, seen_at = clock_timestamp(), learned_rate = CASE WHEN :rate_is_set THEN NULL ELSE learned_rate END
WHERE name = (SELECT name FROM alohub.account WHERE name = :account FOR NO KEY UPDATE SKIP LOCKED)
