-- The key that Alohub accepted last.
UPDATE alohub.account SET accepted_key = :key WHERE name = :account AND accepted_key IS DISTINCT FROM :key
