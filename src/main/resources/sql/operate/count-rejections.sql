-- Rejected rows by reason and source: of so many of the newest that are looked at. The last column:
-- how many that were. One row without an account: there is no group.
SELECT g.*, l.looked
FROM (SELECT count(*) AS looked FROM (SELECT FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' LIMIT :looks) n) l
LEFT JOIN (
  SELECT account, code, source, count(*), 0 AS dead, min(merged_at) AS first, max(merged_at) AS last, (array_agg(phone ORDER BY id DESC))[1] AS example
  FROM (
    SELECT o.id, coalesce(nullif(btrim(left(o.account, 100)), ''), 'default') AS account, left(o.source, 100) AS source, left(o.phone, 100) AS phone,
           o.reasons, o.merged_at
    FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT :looks) o) r
  CROSS JOIN LATERAL unnest(r.reasons) AS code
  WHERE :account::text IS NULL OR account = :account
  GROUP BY account, code, source ORDER BY count(*) DESC, 1, 2, 3 LIMIT :most) g ON true
ORDER BY g.count DESC, g.account, g.code, g.source
