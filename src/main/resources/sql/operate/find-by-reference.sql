-- Customers of the newest rows with a source's own key, the newest row first. The account is the
-- customer's: a row may have left it to the default.
SELECT o.customer_id, o.id FROM alohub.customer_outbox o
WHERE left(o.source_ref, 500) COLLATE "C" = left(:reference, 500) AND o.source_ref IS NOT NULL AND o.merge_status IS NOT NULL
  AND o.customer_id IS NOT NULL AND o.id < :before AND (:account::text IS NULL
    OR EXISTS (SELECT FROM alohub.customer c WHERE c.id = o.customer_id AND c.account = :account))
ORDER BY o.id DESC LIMIT :most
