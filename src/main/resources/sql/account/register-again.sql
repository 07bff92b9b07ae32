-- The same for an account that is registered, now and then, so that people see which accounts are
-- still served. It does not wait for a person who has the row locked: it was written before, and
-- will be written again.
UPDATE alohub.account
SET row_order = :row_order, version_unit = :version_unit, seen_at = clock_timestamp(), learned_rate = CASE WHEN :rate_is_set THEN NULL ELSE learned_rate END
WHERE name = (SELECT name FROM alohub.account WHERE name = :account FOR NO KEY UPDATE SKIP LOCKED)
