-- The password was wrong: sets how long the user and the address have to wait.
UPDATE alohub.login_failure f
SET blocked_until = statement_timestamp() + least(900, 2 ^ least(20, f.failures - s.allowed)) * interval '1 second'
FROM unnest(:subjects::text[], :allowed::int[]) AS s (subject, allowed)
WHERE f.subject = s.subject AND f.failures >= s.allowed
