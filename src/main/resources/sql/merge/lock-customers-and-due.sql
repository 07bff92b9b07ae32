-- As lock-customers, after a wait for a lock of due: customers whose row of due another transaction
-- has locked are left out too.
SELECT c.id, c.account, c.phone, c.name, c.name_row, c.name_version, c.name_revision,
       c.email, c.email_row, c.email_version, c.email_revision, c.wanted_revision, c.delivered_revision,
       c.lease_token IS NOT NULL AS leased,
       c.unversioned_name, c.unversioned_name_row, c.unversioned_email, c.unversioned_email_row
FROM unnest(:accounts::text[], :phones::text[]) AS k (account, phone) JOIN alohub.customer c USING (account, phone)
WHERE NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id)
   OR EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id FOR NO KEY UPDATE SKIP LOCKED)
ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED
