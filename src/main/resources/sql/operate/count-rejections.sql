-- Rejected rows by reason and source: of so many of the newest that are looked at.
SELECT account, code, source, count(*), 0, min(merged_at), max(merged_at), (array_agg(phone ORDER BY id DESC))[1], sum(count(*)) OVER (),
       (SELECT count(*) FROM (SELECT FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' LIMIT :looks) n)
FROM (
  SELECT o.id, coalesce(nullif(btrim(left(o.account, 100)), ''), 'default') AS account, left(o.source, 100) AS source, left(o.phone, 100) AS phone, o.reasons, o.merged_at
  FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT :looks) o) r
CROSS JOIN LATERAL unnest(r.reasons) AS code
WHERE :account::text IS NULL OR account = :account
GROUP BY account, code, source ORDER BY count(*) DESC, 1, 2, 3 LIMIT :most
