-- Counts a login against its user and its address before the password is looked at, and has the
-- next one wait from the first failure beyond the allowed ones on, so that many at once are no way
-- around it. A day without a failure forgets the ones before. Each doubles the wait, up to 15
-- minutes. One that was let in is known by its time. While one of the two has to wait, nothing is
-- counted: no password is looked at.
WITH wanted AS (SELECT * FROM unnest(:subjects::text[], :allowed::int[]) AS s (subject, allowed)),
blocked AS (
  SELECT ceil(extract(epoch FROM max(f.blocked_until) - statement_timestamp()))::bigint AS seconds
  FROM alohub.login_failure f JOIN wanted w ON w.subject = f.subject WHERE f.blocked_until > statement_timestamp()),
counted AS (
  INSERT INTO alohub.login_failure AS f (subject, failures, last_at, blocked_until)
  SELECT w.subject, 1, statement_timestamp(), statement_timestamp() FROM wanted w CROSS JOIN blocked b WHERE b.seconds IS NULL ORDER BY w.subject
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN f.blocked_until > statement_timestamp() THEN f.failures
                    WHEN f.last_at < statement_timestamp() - interval '1 day' THEN 1 ELSE f.failures + 1 END,
    last_at = CASE WHEN f.blocked_until > statement_timestamp() THEN f.last_at ELSE statement_timestamp() END,
    blocked_until = CASE WHEN f.blocked_until > statement_timestamp() OR f.last_at < statement_timestamp() - interval '1 day' THEN f.blocked_until
      ELSE greatest(f.blocked_until, statement_timestamp() + (
        SELECT least(900, 2 ^ least(20, f.failures + 1 - w.allowed)) * interval '1 second'
        FROM wanted w WHERE w.subject = f.subject AND f.failures + 1 > w.allowed)) END
  RETURNING CASE WHEN f.last_at = statement_timestamp() THEN 0
    ELSE ceil(greatest(0, extract(epoch FROM f.blocked_until - statement_timestamp()))) END::bigint AS seconds)
SELECT seconds FROM blocked WHERE seconds IS NOT NULL UNION ALL SELECT seconds FROM counted
