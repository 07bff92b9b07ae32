-- The highest id of the outbox.
SELECT coalesce(max(id), 0) FROM alohub.customer_outbox
