-- One group of failures: its customers among so many of the newest in trouble that are looked at.
-- The last column: how many that were. One row without an account: nothing of the group is among
-- them.
-- Seen first: as in count-failures.
SELECT g.account, g.reason, g.source, g.count, g.dead,
       least(g.first, (
         SELECT min(a.started_at) FROM unnest(g.longest) AS one (id)
         CROSS JOIN LATERAL (SELECT phone, account, wanted_revision, last_outcome, http_status FROM alohub.customer WHERE id = one.id LIMIT 1) c
         CROSS JOIN LATERAL (SELECT started_at, revision, outcome, http_status FROM alohub.delivery_attempt
                             WHERE phone = c.phone AND account = c.account ORDER BY id DESC LIMIT 20) a
         WHERE a.revision = c.wanted_revision AND a.outcome = c.last_outcome AND a.http_status IS NOT DISTINCT FROM c.http_status)) AS first,
       g.last, g.example, l.looked
FROM (SELECT count(*) AS looked FROM (SELECT FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 LIMIT :looks) n) l
LEFT JOIN (
  SELECT min(c.account) AS account, :reason::text AS reason, :source::text AS source, count(*), count(*) FILTER (WHERE d.dead) AS dead,
         min(c.updated_at) AS first, max(c.updated_at) AS last, (array_agg(c.id ORDER BY c.updated_at))[1:10] AS longest,
         (array_agg(c.phone ORDER BY c.updated_at DESC))[1] AS example
  FROM (SELECT customer_id, dead, hold FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 ORDER BY customer_id DESC LIMIT :looks) d
  CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status, updated_at, phone FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c -- not to be turned round: an account is no bound
  WHERE d.hold IS NULL AND c.account = :account AND c.last_outcome || coalesce('.' || c.http_status, '') = :reason
    AND (SELECT left(o.source, 100) FROM alohub.customer_outbox o
         WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) IS NOT DISTINCT FROM :source::text
  HAVING count(*) > 0) g ON true
