-- Adds the calls behind one to the figures of their minutes: so many at a time. Gives how many they
-- were, and the last.
WITH taken AS MATERIALIZED (
  SELECT id, account, started_at, outcome FROM alohub.delivery_attempt WHERE id > :after AND id <= :seen ORDER BY id LIMIT :most),
added AS (
  INSERT INTO alohub.throughput AS t (minute, account, accepted, failed, not_taken)
  SELECT date_trunc('minute', started_at), account, count(*) FILTER (WHERE outcome = 'ACCEPTED'),
         count(*) FILTER (WHERE outcome IN ('REFUSED', 'FAILED', 'UNKNOWN')), count(*) FILTER (WHERE outcome IN ('THROTTLED', 'NOT_SENT', 'ACCOUNT_REFUSED'))
  FROM taken WHERE started_at > clock_timestamp() - interval '40 days' GROUP BY 1, 2
  ON CONFLICT (minute, account) DO UPDATE
  SET accepted = t.accepted + excluded.accepted, failed = t.failed + excluded.failed, not_taken = t.not_taken + excluded.not_taken)
SELECT count(*), coalesce(max(id), :seen) FROM taken
