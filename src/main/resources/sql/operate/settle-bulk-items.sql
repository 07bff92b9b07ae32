-- Items whose answer has come since: of so many of the oldest that are looked at. Subqueries instead of joins: with statistics of a
-- moment when a table was empty a join reads all items for each customer.
WITH looked AS MATERIALIZED (
  SELECT count(*) AS items, max(n) AS last FROM (
    SELECT n FROM alohub.bulk_item WHERE action_id = :action::uuid AND state = 'SENT' ORDER BY n LIMIT :looks) oldest),
settled AS (
  UPDATE alohub.bulk_item i
  SET (state, error) = (
    SELECT CASE WHEN c.delivered_revision >= i.revision THEN 'DELIVERED' ELSE 'FAILED' END,
           CASE WHEN c.delivered_revision >= i.revision THEN NULL ELSE left(c.error, 1000) END
    FROM alohub.customer c WHERE c.id = i.customer_id)
  FROM looked l
  WHERE i.action_id = :action::uuid AND i.state = 'SENT' AND i.n <= l.last
    AND ((SELECT c.delivered_revision >= i.revision FROM alohub.customer c WHERE c.id = i.customer_id)
      OR (SELECT d.dead OR :by_first_attempt AND d.attempts > 0 FROM alohub.due d WHERE d.customer_id = i.customer_id))
  RETURNING i.state)
SELECT count(*) FILTER (WHERE state = 'DELIVERED'), count(*) FILTER (WHERE state = 'FAILED'), (SELECT items FROM looked) - count(*),
       (SELECT items FROM looked)
FROM settled
