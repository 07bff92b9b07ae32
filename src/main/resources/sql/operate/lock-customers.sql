-- Of these customers, those that nobody else holds: in the order of ids, as everybody locks them.
SELECT id FROM alohub.customer WHERE id = ANY (:ids::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
