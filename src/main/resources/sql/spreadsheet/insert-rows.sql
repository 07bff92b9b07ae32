-- Writes outbox rows as a source does; the ids come in the order of the file's lines.
INSERT INTO alohub.customer_outbox (account, source, priority, phone, name, email, source_ref, source_version, ranks_by_id)
SELECT :account, :source, :priority, phone, name, email, reference, version, true
FROM unnest(:phones::text[], :names::text[], :emails::text[], :references::text[], :versions::bigint[])
  AS entry (phone, name, email, reference, version)
