-- One group of rejections: its rows among so many of the newest rejected ones that are looked at.
-- The last column: how many that were. One row without an account: nothing of the group is among
-- them.
SELECT g.*, l.looked
FROM (SELECT count(*) AS looked FROM (SELECT FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' LIMIT :looks) n) l
LEFT JOIN (
  SELECT :account::text AS account, :reason::text AS reason, :source::text AS source, count(*), 0 AS dead,
         min(o.merged_at) AS first, max(o.merged_at) AS last, (array_agg(left(o.phone, 100) ORDER BY o.id DESC))[1] AS example
  FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT :looks) o
  WHERE coalesce(nullif(btrim(left(o.account, 100)), ''), 'default') = :account AND :reason = ANY (o.reasons)
    AND left(o.source, 100) IS NOT DISTINCT FROM :source::text
  HAVING count(*) > 0) g ON true
