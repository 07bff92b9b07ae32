-- The same of one customer: the rows that an index finds, and those that decided. UNCHANGED and
-- SUPERSEDED rows are in no index by customer.
SELECT o.id, coalesce(nullif(btrim(left(o.account, 100), E' \t\n\r'), ''), 'default') AS account,
       left(o.phone, 201) AS phone, left(o.name, 2000) AS name, left(o.email, 2000) AS email,
       o.source_version, o.ranks_by_id, o.customer_id, c.account AS customer_account, c.phone AS customer_phone,
       c.name AS customer_name, c.name_row, c.name_version, c.unversioned_name, c.unversioned_name_row,
       c.email AS customer_email, c.email_row, c.email_version, c.unversioned_email, c.unversioned_email_row
FROM alohub.customer c CROSS JOIN alohub.outbox_numbers n
CROSS JOIN LATERAL (
  SELECT * FROM alohub.customer_outbox m WHERE m.customer_id = c.id AND m.merge_status = 'MERGED'
  UNION
  SELECT * FROM alohub.customer_outbox d
  WHERE d.id IN (alohub.outbox_id(c.name_row, n), alohub.outbox_id(c.email_row, n)) AND d.customer_id = c.id) o
WHERE c.id = :customer
ORDER BY o.id
