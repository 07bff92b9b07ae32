-- Of these customers, which are locked, those that the action still holds: neither released nor held for another reason since.
SELECT i.customer_id FROM alohub.bulk_item i JOIN alohub.due d ON d.customer_id = i.customer_id
WHERE i.action_id = :hold::uuid AND i.n > :after AND i.n <= :last AND i.customer_id = ANY (:ids::bigint[]) AND d.hold IS NOT NULL
  AND NOT EXISTS (SELECT FROM alohub.audit a WHERE a.customer_id = i.customer_id AND a.act = 'HOLD' AND a.at > i.acted_at)
ORDER BY i.customer_id
