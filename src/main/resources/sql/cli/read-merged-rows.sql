-- Merged rows, the next ones by their ids, each with what its customer holds. Texts are cut as the
-- merge cuts them.
SELECT o.id, coalesce(nullif(btrim(left(o.account, 100), E' \t\n\r'), ''), 'default') AS account,
       left(o.phone, 201) AS phone, left(o.name, 2000) AS name, left(o.email, 2000) AS email,
       o.source_version, o.ranks_by_id, o.customer_id, c.account AS customer_account, c.phone AS customer_phone,
       c.name AS customer_name, c.name_row, c.name_version, c.unversioned_name, c.unversioned_name_row,
       c.email AS customer_email, c.email_row, c.email_version, c.unversioned_email, c.unversioned_email_row
FROM alohub.customer_outbox o LEFT JOIN alohub.customer c ON c.id = o.customer_id
WHERE o.id > :after AND o.id <= :last AND o.merge_status <> 'REJECTED'
ORDER BY o.id LIMIT :most
