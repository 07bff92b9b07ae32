-- By account: how many customers are due and not leased, and for how many seconds the oldest has
-- been.
WITH RECURSIVE level AS (
  -- Each account and priority is a range of the index of its own; a skip scan finds them.
  (SELECT account, priority FROM alohub.due ORDER BY account, priority LIMIT 1)
  UNION ALL
  SELECT next.account, next.priority FROM level l CROSS JOIN LATERAL (
    SELECT d.account, d.priority FROM alohub.due d WHERE (d.account, d.priority) > (l.account, l.priority)
    ORDER BY d.account, d.priority LIMIT 1) next)
SELECT l.account, least(100000, sum(ready.n)),
       coalesce(max(extract(epoch FROM clock_timestamp() - ready.oldest)), 0)
FROM level l CROSS JOIN LATERAL (
  SELECT count(*) AS n, min(d.due_at) AS oldest FROM (
    SELECT due_at FROM alohub.due
    WHERE account = l.account AND priority = l.priority AND due_at <= (SELECT clock_timestamp())
      AND (lease_until IS NULL OR lease_until <= (SELECT clock_timestamp()))
    ORDER BY due_at LIMIT 100000) d) ready
GROUP BY l.account
