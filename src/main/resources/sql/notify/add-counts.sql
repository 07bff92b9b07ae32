-- What this replica has done since the last time. In one order, so that replicas do not wait for
-- each other in a circle.
INSERT INTO alohub.notify_count AS c (at, account, figure, n)
SELECT date_bin('5 minutes', clock_timestamp(), timestamptz '2000-01-01 00:00:00Z'), account, figure, n
FROM unnest(:accounts::text[], :figures::text[], :numbers::bigint[]) AS done (account, figure, n) ORDER BY account, figure
ON CONFLICT (at, account, figure) DO UPDATE SET n = c.n + excluded.n
