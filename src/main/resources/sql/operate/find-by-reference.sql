-- Customers of the newest rows with a source's own key, each once, that of the newest row first: of so many of these rows that are
-- looked at. A source writes one more row with the same key for each change. The account is the customer's: a row may have left it to
-- the default. The last column: rows that were looked at.
SELECT f.customer_id, f.newest, f.looked
FROM (SELECT customer_id, max(id) AS newest, (sum(count(*)) OVER ())::bigint AS looked
      FROM (SELECT o.customer_id, o.id FROM alohub.customer_outbox o
            WHERE left(o.source_ref, 500) COLLATE "C" = left(:reference, 500) AND o.source_ref IS NOT NULL AND o.merge_status IS NOT NULL
              AND o.customer_id IS NOT NULL
            ORDER BY o.id DESC LIMIT :looks) n
      GROUP BY customer_id) f
WHERE f.newest < :before AND (:account::text IS NULL
  OR EXISTS (SELECT FROM alohub.customer c WHERE c.id = f.customer_id AND c.account = :account))
ORDER BY f.newest DESC LIMIT :most
