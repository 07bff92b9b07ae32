-- Marks the rows of a batch with what the merge has made of them.
UPDATE alohub.customer_outbox o
SET merge_status = n.merge_status, customer_id = n.customer_id, revision = n.revision, carries_name = n.carries_name,
    carries_email = n.carries_email, reasons = string_to_array(n.reasons, ','), merged_at = clock_timestamp()
FROM unnest(:rows::bigint[], :statuses::text[], :customers::bigint[], :revisions::integer[], :carries_name::boolean[],
    :carries_email::boolean[], :reasons::text[])
  AS n (id, merge_status, customer_id, revision, carries_name, carries_email, reasons)
WHERE o.id = n.id
