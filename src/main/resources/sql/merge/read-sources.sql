-- The sources of rejected rows, for the metric: as much of each as a label may hold, and a
-- character more.
SELECT id, left(source, 41) FROM alohub.customer_outbox WHERE id = ANY (:rows::bigint[])
