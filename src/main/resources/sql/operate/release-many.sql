-- Ends the hold of locked customers.
SELECT count(alohub.release(c.phone, c.account, :why)) FROM alohub.customer c WHERE c.id = ANY (:ids::bigint[])
