-- Items of an action behind one, in the order in which they were acted on, with the customer as it
-- is now.
SELECT i.n, i.customer_id, c.account, c.phone, i.state, left(i.error, 1000), i.acted_at
FROM alohub.bulk_item i JOIN alohub.customer c ON c.id = i.customer_id
WHERE i.action_id = :id::uuid AND i.n > :after ORDER BY i.n LIMIT :most
