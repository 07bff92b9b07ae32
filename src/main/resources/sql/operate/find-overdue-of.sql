-- Those of these customers that are due.
SELECT customer_id FROM alohub.due WHERE customer_id = ANY (:ids::bigint[]) AND due_at <= statement_timestamp()
