-- One row per account that is in use: its state, what waits for how long, the pace of the last minute, and when
-- nothing is left at that pace.
WITH RECURSIVE level AS (
  -- Each account and priority is a range of the index of its own; a skip scan finds them.
  (SELECT account, priority FROM alohub.due ORDER BY account, priority LIMIT 1)
  UNION ALL
  SELECT next.account, next.priority FROM level l CROSS JOIN LATERAL (
    SELECT d.account, d.priority FROM alohub.due d WHERE (d.account, d.priority) > (l.account, l.priority)
    ORDER BY d.account, d.priority LIMIT 1) next),
oldest AS (
  SELECT l.account, extract(epoch FROM statement_timestamp() - min(first.due_at))::bigint AS seconds
  FROM level l CROSS JOIN LATERAL (
    SELECT d.due_at FROM alohub.due d
    WHERE d.account = l.account AND d.priority = l.priority AND d.due_at <= statement_timestamp() ORDER BY d.due_at LIMIT 1) first
  GROUP BY l.account),
-- Leased ones stay among those that are due; dead and held ones are due at infinity.
next AS (
  SELECT l.account, min(first.due_at) AS due_at
  FROM level l CROSS JOIN LATERAL (
    SELECT d.due_at FROM alohub.due d
    WHERE d.account = l.account AND d.priority = l.priority AND d.due_at > statement_timestamp() AND d.due_at < 'infinity'
    ORDER BY d.due_at LIMIT 1) first
  GROUP BY l.account),
newest AS (SELECT account, started_at, outcome FROM alohub.delivery_attempt ORDER BY id DESC LIMIT 5000),
-- Where calls are so many that these are not a whole minute: of as long as they are
span AS (
  SELECT CASE WHEN count(*) < 5000 THEN 60
              ELSE least(60, greatest(1, extract(epoch FROM statement_timestamp() - min(started_at)))) END AS seconds FROM newest),
pace AS (
  SELECT account, count(*) FILTER (WHERE outcome = 'ACCEPTED') AS accepted, count(*) FILTER (WHERE outcome <> 'ACCEPTED') AS failed
  FROM newest WHERE started_at > statement_timestamp() - interval '1 minute' GROUP BY account),
-- Of the last two whole minutes: an account with few calls beside one with many has none among the
-- newest
minutes AS (
  SELECT account, sum(accepted) / 120.0 AS accepted, sum(failed + not_taken) / 120.0 AS failed FROM alohub.throughput
  WHERE minute >= date_trunc('minute', statement_timestamp()) - interval '2 minutes' AND minute < date_trunc('minute', statement_timestamp())
  GROUP BY account),
counts AS (
  SELECT account, sum(customers) FILTER (WHERE status IN ('PENDING', 'SENDING', 'RETRYING')) AS waiting,
         sum(customers) FILTER (WHERE status = 'RETRYING') AS retrying, sum(customers) FILTER (WHERE status = 'DEAD') AS dead,
         sum(customers) FILTER (WHERE status = 'HELD') AS held, sum(customers) FILTER (WHERE status = 'DELIVERED') AS delivered
  FROM alohub.status_counts GROUP BY account)
SELECT a.account, a.state, a.since, a.until, a.by, left(a.reason, 1000) AS reason, a.needs, a.needs_vi, a.learned_rate, a.seen_at,
       coalesce(c.waiting, 0)::bigint AS waiting, o.seconds AS oldest_seconds, coalesce(c.retrying, 0)::bigint AS retrying,
       coalesce(c.dead, 0)::bigint AS dead, coalesce(c.held, 0)::bigint AS held,
       coalesce(c.delivered, 0)::bigint AS delivered,
       round(r.accepted::numeric, 2) AS accepted_per_second, round(r.failed::numeric, 2) AS failed_per_second,
       CASE WHEN coalesce(c.waiting, 0) = 0 THEN 0
            WHEN r.accepted > 0 THEN ceil(c.waiting / r.accepted)::bigint END AS drain_seconds,
       n.due_at AS next_due_at
FROM alohub.account_status a CROSS JOIN span s
LEFT JOIN counts c ON c.account = a.account
LEFT JOIN pace p ON p.account = a.account
LEFT JOIN minutes m ON m.account = a.account
CROSS JOIN LATERAL (
  SELECT CASE WHEN few THEN coalesce(m.accepted, 0) ELSE coalesce(p.accepted, 0) / s.seconds END AS accepted,
         CASE WHEN few THEN coalesce(m.failed, 0) ELSE coalesce(p.failed, 0) / s.seconds END AS failed
  FROM (SELECT s.seconds < 60 AND coalesce(p.accepted + p.failed, 0) < 100 AS few) f) r
LEFT JOIN oldest o ON o.account = a.account
LEFT JOIN next n ON n.account = a.account
-- `default` is there from the start: it counts only if a replica serves it, it has customers or does not go, or none is served yet.
WHERE a.seen_at IS NOT NULL OR a.state <> 'ACTIVE' OR NOT EXISTS (SELECT FROM alohub.account WHERE seen_at IS NOT NULL)
  OR coalesce(c.waiting + c.dead + c.held + c.delivered, 0) > 0
ORDER BY a.account
