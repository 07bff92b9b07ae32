-- Writes what the merge has made of customers that exist; they are locked.
UPDATE alohub.customer c
SET name = n.name, name_row = n.name_row, name_version = n.name_version, name_revision = n.name_revision,
    email = n.email, email_row = n.email_row, email_version = n.email_version, email_revision = n.email_revision,
    wanted_revision = n.wanted_revision, updated_at = clock_timestamp()
FROM unnest(:customers::bigint[], :names::text[], :name_rows::bigint[], :name_versions::bigint[], :name_revisions::integer[], :emails::text[], :email_rows::bigint[], :email_versions::bigint[], :email_revisions::integer[], :wanted_revisions::integer[])
  AS n (id, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision, wanted_revision)
WHERE c.id = n.id
