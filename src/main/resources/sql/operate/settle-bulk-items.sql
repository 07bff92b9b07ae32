-- Items whose answer has come since: of so many of the oldest that are looked at. Updated by their place: by their number a plan
-- without statistics, as of items that were just written, reads all items for each.
WITH looked AS MATERIALIZED (
  SELECT ctid AS place, customer_id, revision FROM alohub.bulk_item WHERE action_id = :action::uuid AND state = 'SENT' ORDER BY n LIMIT :looks),
settled AS (
  UPDATE alohub.bulk_item i
  SET state = CASE WHEN c.delivered_revision >= l.revision THEN 'DELIVERED' ELSE 'FAILED' END,
      error = CASE WHEN c.delivered_revision >= l.revision THEN NULL ELSE left(c.error, 1000) END
  FROM looked l JOIN alohub.customer c ON c.id = l.customer_id LEFT JOIN alohub.due d ON d.customer_id = l.customer_id
  WHERE i.ctid = l.place AND (c.delivered_revision >= l.revision OR d.dead OR :by_first_attempt AND d.attempts > 0)
  RETURNING i.state)
SELECT count(*) FILTER (WHERE state = 'DELIVERED'), count(*) FILTER (WHERE state = 'FAILED'), (SELECT count(*) FROM looked) - count(*),
       (SELECT count(*) FROM looked)
FROM settled
