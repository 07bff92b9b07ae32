-- Customers that are due already get the priority of the most urgent row that asks for them.
UPDATE alohub.due d SET priority = n.priority
FROM unnest(:customers::bigint[], :priorities::smallint[]) AS n (customer_id, priority)
WHERE d.customer_id = n.customer_id AND d.priority < n.priority
