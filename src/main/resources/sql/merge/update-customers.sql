-- Writes what the merge has made of customers that exist; they are locked. Those that were at rest,
-- and for whose call there is capacity, are leased in the same row.
WITH permits AS MATERIALIZED (
  -- The condition is that of a claim whose calls are not counted. One token for all customers of an
  -- account and a priority.
  SELECT a.name, r.priority, nextval('alohub.lease_token') AS token, clock_timestamp() AS now, r.seconds
  FROM unnest(:offered_accounts::text[], :offered_priorities::smallint[], :offered_keys::text[], :offered_seconds::float8[]) AS r (account, priority, key, seconds)
  JOIN alohub.account a ON a.name = r.account
  WHERE a.state IN ('ACTIVE', 'KEY_REJECTED') AND a.learned_rate IS NULL AND NOT r.key = ANY (a.refused_keys)),
updated AS (
  UPDATE alohub.customer c
  SET name = n.name, name_row = n.name_row, name_version = n.name_version, name_revision = n.name_revision,
      email = n.email, email_row = n.email_row, email_version = n.email_version, email_revision = n.email_revision,
      wanted_revision = n.wanted_revision, lease_token = coalesce(p.token, c.lease_token), updated_at = clock_timestamp()
  FROM unnest(:customers::bigint[], :names::text[], :name_rows::bigint[], :name_versions::bigint[], :name_revisions::integer[], :emails::text[], :email_rows::bigint[], :email_versions::bigint[], :email_revisions::integer[], :wanted_revisions::integer[], :accounts::text[], :leasable::boolean[], :priorities::smallint[])
    AS n (id, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision, wanted_revision, account, leasable, priority)
  -- A customer that is held keeps its place.
  LEFT JOIN permits p ON n.leasable AND p.name = n.account AND p.priority = n.priority AND NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = n.id)
  WHERE c.id = n.id
  RETURNING c.id, c.account, p.token AS lease_token),
counted AS (
  INSERT INTO alohub.status_delta (account, sending) SELECT account, count(*) FROM updated WHERE lease_token IS NOT NULL GROUP BY account),
leased AS (
  INSERT INTO alohub.merge_lease (token, account, priority, leased_at, lease_until, customers)
  SELECT p.token, p.name, p.priority, p.now, p.now + make_interval(secs => p.seconds), u.customers
  FROM (SELECT lease_token, array_agg(id) AS customers FROM updated GROUP BY lease_token) u JOIN permits p ON p.token = u.lease_token)
SELECT id, lease_token FROM updated WHERE lease_token IS NOT NULL
