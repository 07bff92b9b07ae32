-- The source and its own key in the newest row of each of these customers.
SELECT n.id, left(o.source, 100), left(o.source_ref, 300) FROM unnest(:ids::bigint[]) AS n (id) CROSS JOIN LATERAL (
  SELECT source, source_ref FROM alohub.customer_outbox r WHERE r.customer_id = n.id AND r.merge_status = 'MERGED' ORDER BY r.id DESC LIMIT 1) o
