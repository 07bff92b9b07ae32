-- Records the revisions whose value was replaced before it was delivered: see outbox_status.
INSERT INTO alohub.replaced_value (customer_id, field, first_revision, last_revision)
SELECT * FROM unnest(:customers::bigint[], :fields::text[], :first_revisions::integer[], :last_revisions::integer[])
