-- Of leases of merges, those whose customers have all been moved.
DELETE FROM alohub.merge_lease l
WHERE l.token = ANY (:tokens) AND NOT EXISTS (
  SELECT FROM unnest(l.customers) AS n (id) JOIN alohub.customer c ON c.id = n.id AND c.lease_token = l.token)
