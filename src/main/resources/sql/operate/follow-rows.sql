-- Adds to the figures of their minutes how many rows were delivered within a minute of their
-- insert. A sample stands for all: every so many rows one. Not among them: rows that were rejected
-- or replaced, and those whose customer is dead or held.
WITH sample AS (
  SELECT coalesce(c.account, nullif(btrim(left(o.account, 100)), ''), 'default') AS account,
         least(coalesce(o.created_at, o.merged_at), coalesce(o.merged_at, o.created_at)) AS written,
         CASE WHEN o.merge_status IN ('REJECTED', 'SUPERSEDED') THEN NULL
              WHEN o.merge_status IS NULL THEN false
              WHEN o.merge_status = 'UNCHANGED' THEN true
              WHEN c.delivered_revision < o.revision THEN CASE WHEN d.dead OR d.hold IS NOT NULL THEN NULL ELSE false END
              WHEN c.delivered_at <= least(coalesce(o.created_at, o.merged_at), o.merged_at) + interval '1 minute' THEN true
              -- No EXISTS: the planner might read all attempts, to answer it for many rows at once.
              ELSE (SELECT true FROM alohub.delivery_attempt a
                    WHERE a.phone = c.phone AND a.account = c.account AND a.outcome = 'ACCEPTED' AND a.revision >= o.revision
                      AND a.started_at + make_interval(secs => coalesce(a.duration_ms, 0) / 1000.0)
                          <= least(coalesce(o.created_at, o.merged_at), o.merged_at) + interval '1 minute'
                    LIMIT 1) IS NOT NULL END AS in_time
  FROM generate_series(:after + 1, :seen, :step) AS n (id) JOIN alohub.customer_outbox o ON o.id = n.id
  LEFT JOIN alohub.customer c ON c.id = o.customer_id LEFT JOIN alohub.due d ON d.customer_id = o.customer_id)
INSERT INTO alohub.throughput AS t (minute, account, in_time, late)
SELECT date_trunc('minute', written), account, count(*) FILTER (WHERE in_time) * :step, count(*) FILTER (WHERE NOT in_time) * :step
FROM sample WHERE in_time IS NOT NULL AND written BETWEEN clock_timestamp() - interval '40 days' AND clock_timestamp() GROUP BY 1, 2
ON CONFLICT (minute, account) DO UPDATE SET in_time = t.in_time + excluded.in_time, late = t.late + excluded.late
