-- What was done with each customer.
INSERT INTO alohub.bulk_item (action_id, n, customer_id, revision, state)
SELECT :action::uuid, :items + i.n, i.id, c.wanted_revision, CASE WHEN i.id = ANY (:locked::bigint[]) THEN :state ELSE 'SKIPPED' END
FROM unnest(:ids::bigint[]) WITH ORDINALITY AS i (id, n) JOIN alohub.customer c ON c.id = i.id
