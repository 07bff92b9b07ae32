-- Inserts new customers. The rows of a customer that is not in the answer stay new.
INSERT INTO alohub.customer (account, phone, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision)
SELECT * FROM unnest(:accounts::text[], :phones::text[], :names::text[], :name_rows::bigint[], :name_versions::bigint[], :name_revisions::integer[], :emails::text[], :email_rows::bigint[], :email_versions::bigint[], :email_revisions::integer[])
  AS n (account, phone)
-- Only keys that a plain read does not find. One that it finds is locked by another transaction, and a conflict with it
-- would wait for that transaction.
WHERE NOT EXISTS (SELECT FROM alohub.customer c WHERE c.account = n.account AND c.phone = n.phone)
-- Another replica has inserted it since.
ON CONFLICT (account, phone) DO NOTHING
RETURNING id, account, phone
