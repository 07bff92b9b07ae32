-- As lock-customers, after a wait for a lock of due: customers whose row of due another transaction
-- has locked are left out too.
SELECT c.id FROM alohub.customer c
WHERE c.id = ANY (:customers)
  AND (NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id)
       OR EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id FOR UPDATE SKIP LOCKED))
ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
