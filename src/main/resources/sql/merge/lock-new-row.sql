-- Locks one row, if it is still new and no other transaction has it.
SELECT id FROM alohub.customer_outbox WHERE id = :row AND merge_status IS NULL FOR NO KEY UPDATE SKIP LOCKED
