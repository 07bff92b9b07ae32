-- Accounts that a file may be imported into.
SELECT name FROM alohub.account ORDER BY name
