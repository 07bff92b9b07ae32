-- Locks the customers of a batch, first and in the order of ids, as the merge does: so neither
-- waits for the other in a circle. The statements that follow see every merge that was committed
-- before the locks were granted. Customers that another transaction has locked are left out.
SELECT id FROM alohub.customer WHERE id = ANY (:customers) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
