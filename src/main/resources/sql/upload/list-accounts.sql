-- Accounts that a file may be imported into: the merge rejects rows of others, once a replica has registered one.
SELECT name FROM alohub.account
WHERE seen_at IS NOT NULL OR NOT EXISTS (SELECT FROM alohub.account WHERE seen_at IS NOT NULL)
ORDER BY name
