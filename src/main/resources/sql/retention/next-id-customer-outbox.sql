-- The next id of the walk.
SELECT min(id) FROM alohub.customer_outbox WHERE id > :after
