-- The outbox row of a correction. It ranks by its version, if it has one: of equal versions the
-- later row is the newer.
INSERT INTO alohub.customer_outbox (account, phone, name, email, source, source_ref, source_version, ranks_by_id)
VALUES (:account, :phone, :name, :email, 'console', :reference, :version::bigint, true) RETURNING id
