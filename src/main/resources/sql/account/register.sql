-- Registers an account, or writes its settings anew. A configured rate replaces the learned one.
INSERT INTO alohub.account AS a (name, row_order, version_unit, seen_at) VALUES (:account, :row_order, :version_unit, clock_timestamp())
ON CONFLICT (name) DO UPDATE
SET row_order = excluded.row_order, version_unit = excluded.version_unit, seen_at = excluded.seen_at,
    learned_rate = CASE WHEN :rate_is_set THEN NULL ELSE a.learned_rate END
