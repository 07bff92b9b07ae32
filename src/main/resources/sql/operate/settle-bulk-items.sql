-- Items whose answer has come since: of so many of the oldest that are looked at. No join of the items with themselves: statistics
-- of a moment when there were none make a plan that reads all items for each.
WITH looked AS MATERIALIZED (
  SELECT count(*) AS items, max(n) AS last FROM (
    SELECT n FROM alohub.bulk_item WHERE action_id = :action::uuid AND state = 'SENT' ORDER BY n LIMIT :looks) oldest),
settled AS (
  UPDATE alohub.bulk_item i
  SET state = CASE WHEN c.delivered_revision >= i.revision THEN 'DELIVERED' ELSE 'FAILED' END,
      error = CASE WHEN c.delivered_revision >= i.revision THEN NULL ELSE left(c.error, 1000) END
  FROM looked l, alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id
  WHERE i.action_id = :action::uuid AND i.state = 'SENT' AND i.n <= l.last AND c.id = i.customer_id
    AND (c.delivered_revision >= i.revision OR d.dead OR :by_first_attempt AND d.attempts > 0)
  RETURNING i.state)
SELECT count(*) FILTER (WHERE state = 'DELIVERED'), count(*) FILTER (WHERE state = 'FAILED'), (SELECT items FROM looked) - count(*),
       (SELECT items FROM looked)
FROM settled
