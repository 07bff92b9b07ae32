-- Of these customers, those that no other transaction holds: in the order of ids, as every
-- transaction locks them.
SELECT id FROM alohub.customer WHERE id = ANY (:ids::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
