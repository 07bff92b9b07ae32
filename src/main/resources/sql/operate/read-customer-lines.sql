-- These customers, each cut to what a line of a list shows. It says what alohub.sync_status says
-- (CustomerLinesIT compares them), by the keys of these customers: the view reads all leases of
-- merges for each of them, and in a drain there are thousands.
SELECT c.id, c.account, c.phone, left(c.name, 255), left(c.email, 254),
       CASE WHEN d.customer_id IS NULL AND c.lease_token IS NULL THEN 'DELIVERED'
            WHEN coalesce(d.lease_until, l.lease_until) > statement_timestamp() THEN 'SENDING'
            WHEN d.hold IS NOT NULL THEN 'HELD'
            WHEN d.dead THEN 'DEAD'
            WHEN d.customer_id IS NULL OR d.attempts > 0 OR d.lease_token IS NOT NULL THEN 'RETRYING'
            ELSE 'PENDING' END,
       c.wanted_revision, c.delivered_revision,
       CASE WHEN d.customer_id IS NOT NULL THEN d.attempts WHEN c.lease_token IS NOT NULL THEN 0 ELSE c.attempts END,
       CASE WHEN NOT isfinite(coalesce(d.due_at, l.leased_at)) THEN NULL
            ELSE greatest(coalesce(d.due_at, l.leased_at), coalesce(d.lease_until, l.lease_until)) END,
       left(d.hold, 500), c.last_outcome, c.http_status, left(c.error, 1000), c.delivered_at, c.created_at, c.updated_at
FROM alohub.customer c
LEFT JOIN alohub.due d ON d.customer_id = c.id
LEFT JOIN alohub.merge_lease l ON l.token = c.lease_token
WHERE c.id = ANY (:ids::bigint[])
