-- Writes outbox rows as a source does; the ids come in the order of the rows.
INSERT INTO alohub.customer_outbox (account, phone, name, email, source, source_ref, source_version, priority, traceparent, ranks_by_id)
SELECT account, phone, name, email, source, reference, version, priority, traceparent, true
FROM unnest(:accounts::text[], :phones::text[], :names::text[], :emails::text[], :sources::text[], :references::text[],
            :versions::bigint[], :priorities::smallint[], :traceparents::text[])
  AS entry (account, phone, name, email, source, reference, version, priority, traceparent)
RETURNING id
