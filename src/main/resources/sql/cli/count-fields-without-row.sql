-- Of the next customers: fields whose deciding row is gone. The last of their ids is null where there are no more.
WITH page AS MATERIALIZED (
  SELECT id, account, name_row, email_row FROM alohub.customer WHERE id > :after ORDER BY id LIMIT :most)
SELECT max(p.id),
       coalesce(sum((p.account = coalesce(:account, p.account))::integer * (
         (p.name_row IS NOT NULL AND NOT EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id = alohub.outbox_id(p.name_row, n)))::integer
         + (p.email_row IS NOT NULL AND NOT EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id = alohub.outbox_id(p.email_row, n)))::integer)), 0)
FROM page p CROSS JOIN alohub.outbox_numbers n
