-- The next id of the walk.
SELECT min(id) FROM alohub.delivery_attempt WHERE id > :after
