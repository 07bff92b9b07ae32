-- Rows of one group of rejections, the newest first: of so many that are looked at. The last
-- columns: where the look ended, how many.
WITH looked AS MATERIALIZED (
  SELECT id, left(account, 100) AS account, left(source, 100) AS source, reasons FROM alohub.customer_outbox
  WHERE merge_status = 'REJECTED' AND id < :before ORDER BY id DESC LIMIT :looks)
SELECT o.id, left(o.account, 100), left(o.source, 100), left(o.source_ref, 300), left(o.phone, 100), left(o.name, 255), left(o.email, 254),
       o.merge_status, o.reasons, o.customer_id, o.revision, o.created_at, o.merged_at, o.written_by, l.last, l.count
FROM (SELECT min(id) AS last, count(*) AS count FROM looked) l LEFT JOIN LATERAL (
  SELECT r.id FROM looked r
  WHERE coalesce(nullif(btrim(r.account), ''), 'default') = :account AND r.source IS NOT DISTINCT FROM :source::text AND :reason = ANY (r.reasons)
  ORDER BY r.id DESC LIMIT :most) f ON true
LEFT JOIN alohub.customer_outbox o ON o.id = f.id
ORDER BY o.id DESC
