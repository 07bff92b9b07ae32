-- The next customers that an action has held.
SELECT n, customer_id FROM alohub.bulk_item WHERE action_id = :hold::uuid AND n > :after AND state = 'HELD' ORDER BY n LIMIT :most
