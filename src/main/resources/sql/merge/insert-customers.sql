-- Inserts new customers. The rows of a customer that is not in the answer stay new. Those for whose
-- call there is capacity are leased in the same row, so that they go to it without a claim.
WITH permits AS MATERIALIZED (
  -- The condition is that of a claim whose calls are not counted. One token for all customers of an
  -- account and a priority.
  SELECT a.name, r.priority, nextval('alohub.lease_token') AS token, clock_timestamp() AS now, r.seconds
  FROM unnest(:offered_accounts::text[], :offered_priorities::smallint[], :offered_keys::text[], :offered_seconds::float8[]) AS r (account, priority, key, seconds)
  JOIN alohub.account a ON a.name = r.account
  WHERE a.state IN ('ACTIVE', 'KEY_REJECTED') AND a.learned_rate IS NULL AND NOT r.key = ANY (a.refused_keys)),
inserted AS (
  INSERT INTO alohub.customer (account, phone, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision, lease_token)
  SELECT n.account, n.phone, n.name, n.name_row, n.name_version, n.name_revision, n.email, n.email_row, n.email_version, n.email_revision, p.token
  FROM unnest(:accounts::text[], :phones::text[], :names::text[], :name_rows::bigint[], :name_versions::bigint[], :name_revisions::integer[], :emails::text[], :email_rows::bigint[], :email_versions::bigint[], :email_revisions::integer[], :leasable::boolean[], :priorities::smallint[])
    AS n (account, phone, name, name_row, name_version, name_revision, email, email_row, email_version, email_revision, leasable, priority)
  LEFT JOIN permits p ON n.leasable AND p.name = n.account AND p.priority = n.priority
  -- Only keys that a plain read does not find. One that it finds is locked by another transaction,
  -- and a conflict with it would wait for that transaction.
  WHERE NOT EXISTS (SELECT FROM alohub.customer c WHERE c.account = n.account AND c.phone = n.phone)
  -- Another replica has inserted it since.
  ON CONFLICT (account, phone) DO NOTHING
  RETURNING id, account, phone, lease_token),
leased AS (
  INSERT INTO alohub.merge_lease (token, account, priority, leased_at, lease_until, customers)
  SELECT p.token, p.name, p.priority, p.now, p.now + make_interval(secs => p.seconds), i.customers
  FROM (SELECT lease_token, array_agg(id) AS customers FROM inserted GROUP BY lease_token) i JOIN permits p ON p.token = i.lease_token)
SELECT id, account, phone, lease_token FROM inserted
