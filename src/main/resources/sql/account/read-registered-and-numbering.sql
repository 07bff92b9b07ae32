-- The same, how ids of rows become numbers, and the time: at least one row, without an account
-- where none is registered.
SELECT a.name, a.row_order, a.version_unit, n.sound, n.low_until, n.added, n.restarts, n.drawn, clock_timestamp()
FROM alohub.outbox_row_numbers(:highest, :restarts, :newest) n LEFT JOIN alohub.account a ON a.seen_at IS NOT NULL
