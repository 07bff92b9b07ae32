-- Customers that are due, the longest overdue first, behind a place of that order. Each account and priority is a range of the index of
-- its own, in the order of due_at; a skip scan finds them. due: microseconds since 1970.
WITH RECURSIVE level AS (
  (SELECT account, priority FROM alohub.due WHERE account >= coalesce(:account::text, '') ORDER BY account, priority LIMIT 1)
  UNION ALL
  SELECT next.account, next.priority FROM level l CROSS JOIN LATERAL (
    SELECT d.account, d.priority FROM alohub.due d WHERE (d.account, d.priority) > (l.account, l.priority)
    ORDER BY d.account, d.priority LIMIT 1) next
  WHERE :account::text IS NULL OR next.account = :account)
SELECT first.customer_id, (extract(epoch FROM first.due_at) * 1000000)::bigint
FROM (SELECT account, priority FROM level WHERE :account::text IS NULL OR account = :account) l CROSS JOIN LATERAL (
  SELECT d.customer_id, d.due_at FROM alohub.due d
  WHERE d.account = l.account AND d.priority = l.priority AND d.due_at <= statement_timestamp()
    AND (d.due_at, d.customer_id) > (timestamptz 'epoch' + :due::bigint * interval '1 microsecond', :after::bigint)
  ORDER BY d.due_at, d.customer_id LIMIT :most) first
ORDER BY first.due_at, first.customer_id LIMIT :most
