-- Locks the customers that exist, in the order of ids, as the settlement does. A customer that
-- another transaction has locked is left out: it looks unknown, its insert finds it, its rows stay
-- new. So a person's open transaction delays that customer and no other.
SELECT c.id, c.account, c.phone, c.name, c.name_row, c.name_version, c.name_revision,
       c.email, c.email_row, c.email_version, c.email_revision, c.wanted_revision, c.delivered_revision,
       c.lease_token IS NOT NULL AS leased,
       -- Null but where versions decide and rows without one came
       c.unversioned_name, c.unversioned_name_row, c.unversioned_email, c.unversioned_email_row
FROM unnest(:accounts::text[], :phones::text[]) AS k (account, phone) JOIN alohub.customer c USING (account, phone)
ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED
