-- Looks at the next rejected rows of the scan. Those that changed rules of phones had rejected are
-- new again.
WITH turn AS MATERIALIZED (
  SELECT after_id FROM alohub.phone_rules
  -- The second scan begins when no replica is left that still has the old rules.
  WHERE scans = 2 OR (scans = 1 AND changed_at < clock_timestamp() - interval '2 minutes')
  -- One replica at a time.
  FOR NO KEY UPDATE SKIP LOCKED),
page AS MATERIALIZED (
  SELECT o.id, o.reasons FROM turn CROSS JOIN LATERAL (
    -- An index holds only the rejected rows, by their ids.
    SELECT id, reasons FROM alohub.customer_outbox
    WHERE merge_status = 'REJECTED' AND id > turn.after_id ORDER BY id LIMIT :limit) o),
made_new AS (
  UPDATE alohub.customer_outbox SET merge_status = NULL, reasons = NULL, merged_at = NULL, carries_name = false
  WHERE id = ANY (ARRAY(
    SELECT id FROM alohub.customer_outbox
    WHERE id = ANY (ARRAY(SELECT id FROM page WHERE reasons && :codes::text[])) AND merge_status = 'REJECTED'
    FOR NO KEY UPDATE SKIP LOCKED))),
moved AS (
  UPDATE alohub.phone_rules
  SET after_id = CASE WHEN p.rows < :limit THEN 0 ELSE p.last END, scans = scans - (p.rows < :limit)::integer
  FROM (SELECT count(*) AS rows, max(id) AS last FROM page) p
  WHERE EXISTS (SELECT FROM turn))
SELECT count(*) FROM page
