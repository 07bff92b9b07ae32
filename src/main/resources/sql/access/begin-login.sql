-- Counts a login against its user and its address before the password is looked at, so that many at once are counted too. A day without a
-- failure forgets the ones before. From the first failure beyond the allowed ones on, each doubles the wait, up to 15 minutes.
INSERT INTO alohub.login_failure AS f (subject, failures, last_at, blocked_until)
SELECT s.subject, 1, statement_timestamp(), statement_timestamp() FROM unnest(:subjects::text[], :allowed::int[]) AS s (subject, allowed) ORDER BY s.subject
ON CONFLICT (subject) DO UPDATE SET
  failures = CASE WHEN f.blocked_until > statement_timestamp() THEN f.failures
                  WHEN f.last_at < statement_timestamp() - interval '1 day' THEN 1 ELSE f.failures + 1 END,
  last_at = CASE WHEN f.blocked_until > statement_timestamp() THEN f.last_at ELSE statement_timestamp() END
RETURNING ceil(greatest(0, extract(epoch FROM f.blocked_until - statement_timestamp())))::bigint AS wait_seconds
