-- The traceparents that the merge has kept for these customers.
SELECT customer_id, traceparent FROM alohub.due WHERE customer_id = ANY (:ids) AND traceparent IS NOT NULL
