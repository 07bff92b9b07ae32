-- The accounts, by name.
SELECT account FROM alohub.account_status ORDER BY account
