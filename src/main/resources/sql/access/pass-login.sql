-- The password was right: the user's failures are forgotten; the address keeps those before this
-- login. Those of others are none of its business: there may be a million.
WITH forgotten AS (DELETE FROM alohub.login_failure WHERE subject = :user)
UPDATE alohub.login_failure SET failures = greatest(0, failures - 1), blocked_until = statement_timestamp() WHERE subject = :address
