-- Keeps the traceparent of a customer's new revision. NULL replaces the one of an earlier revision.
UPDATE alohub.due d SET traceparent = n.traceparent FROM unnest(:customers::bigint[], :traceparents::text[]) AS n (customer_id, traceparent)
WHERE d.customer_id = n.customer_id AND d.traceparent IS DISTINCT FROM n.traceparent
