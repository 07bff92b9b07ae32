-- Of the next customers: fields whose deciding row is gone. The last of their ids is null where
-- there are no more.
WITH page AS MATERIALIZED (
  SELECT c.id, c.account,
         -- The ids of these numbers, as alohub.outbox_id has it: a call for each would take half of
         -- the time.
         CASE WHEN c.name_row > n.added AND c.name_row <= n.added + n.low_until THEN c.name_row - n.added ELSE c.name_row END AS name_row,
         CASE WHEN c.email_row > n.added AND c.email_row <= n.added + n.low_until THEN c.email_row - n.added ELSE c.email_row END AS email_row
  FROM alohub.outbox_numbers n CROSS JOIN LATERAL (
    SELECT id, account, name_row, email_row FROM alohub.customer WHERE id > :after ORDER BY id LIMIT :most) c)
SELECT max(p.id),
       coalesce(sum((p.account = coalesce(:account, p.account))::integer * (
         (p.name_row IS NOT NULL AND NOT EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id = p.name_row))::integer
         + (p.email_row IS NOT NULL AND NOT EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id = p.email_row))::integer)), 0)
FROM page p
