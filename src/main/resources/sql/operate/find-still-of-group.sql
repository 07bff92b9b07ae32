-- Of these customers, which are locked, those that are still in the group.
SELECT c.id FROM alohub.customer c JOIN alohub.due d ON d.customer_id = c.id
WHERE c.id = ANY (:ids::bigint[]) AND d.hold IS NULL AND (d.dead OR NOT :dead)
  AND c.last_outcome || coalesce('.' || c.http_status, '') = :reason AND (NOT :dead OR c.updated_at <= :up_to)
ORDER BY c.id
