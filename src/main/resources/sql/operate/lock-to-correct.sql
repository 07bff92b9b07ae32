-- A customer that is corrected: locked, with the versions of its values, which a correction carries
-- on, and those of the customer of the right phone, if there is one. No phone: its own.
SELECT c.account, c.phone, c.name, c.email, c.wanted_revision, a.row_order = 'source-version' AS by_version,
       greatest(c.name_version, r.name_version) AS name_version, greatest(c.email_version, r.email_version) AS email_version
FROM alohub.customer c JOIN alohub.account a ON a.name = c.account
LEFT JOIN alohub.customer r ON r.phone = :phone::text AND r.account = c.account
WHERE c.id = :customer FOR NO KEY UPDATE OF c
