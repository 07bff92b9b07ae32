-- The password was right: the user's failures are forgotten; the address keeps those before this
-- login. Old ones go.
WITH forgotten AS (
  DELETE FROM alohub.login_failure WHERE subject = :user OR last_at < statement_timestamp() - interval '1 day')
UPDATE alohub.login_failure SET failures = greatest(0, failures - 1), blocked_until = statement_timestamp() WHERE subject = :address
