-- Keeps the values of rows without a version, of customers of an account whose values versions
-- decide: see docs/adr/0038.
UPDATE alohub.customer c
SET unversioned_name = n.name, unversioned_name_row = n.name_row, unversioned_email = n.email, unversioned_email_row = n.email_row
FROM unnest(:customers::bigint[], :names::text[], :name_rows::bigint[], :emails::text[], :email_rows::bigint[])
  AS n (id, name, name_row, email, email_row)
WHERE c.id = n.id
