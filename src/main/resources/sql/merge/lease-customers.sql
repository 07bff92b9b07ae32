-- The common path: nothing else is known of the phone, or the customer was at rest, and there is room for its call now. The
-- customer goes from the outbox to its call without a claim.
WITH permits AS MATERIALIZED (
  -- The condition is that of a claim whose calls are not counted.
  SELECT FROM alohub.account
  WHERE name = :account AND state IN ('ACTIVE', 'KEY_REJECTED') AND learned_rate IS NULL AND NOT :key = ANY (refused_keys))
INSERT INTO alohub.due (customer_id, account, priority, wanted_revision, lease_token, leased_at, lease_until, sent_revision)
SELECT n.customer_id, :account, n.priority, n.revision, nextval('alohub.lease_token'), m.now, m.now + make_interval(secs => :lease), n.revision
FROM (SELECT clock_timestamp() AS now) m, unnest(:customers::bigint[], :priorities::smallint[], :revisions::integer[]) AS n (customer_id, priority, revision)
WHERE EXISTS (SELECT FROM permits)
-- A customer that is due already keeps its place.
ON CONFLICT (customer_id) DO NOTHING
RETURNING customer_id, lease_token
