-- The state of each account, and the database's time. `default` is there from the start: it counts only if a replica serves it, it has
-- customers or does not go, or none is served yet.
SELECT a.name, a.state, a.trip_cause, clock_timestamp() FROM alohub.account a
WHERE a.seen_at IS NOT NULL OR a.state <> 'ACTIVE' OR NOT EXISTS (SELECT FROM alohub.account WHERE seen_at IS NOT NULL)
  OR EXISTS (SELECT FROM alohub.status_counts c WHERE c.account = a.name AND c.customers > 0)
ORDER BY a.name
