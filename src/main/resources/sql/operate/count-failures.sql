-- Customers whose last call failed, by what it came to and by the source of their newest row: of so
-- many of the newest that are looked at. The last column: how many that were. One row without an
-- account: there is no group.
-- Seen first: the oldest of the newest 20 calls that came to that, of ten of its customers: those
-- that have not changed for longest. A call writes updated_at.
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
  SELECT account, reason, source, count(*), count(*) FILTER (WHERE dead) AS dead, min(updated_at) AS first, max(updated_at) AS last, (array_agg(id ORDER BY updated_at))[1:10] AS longest,
         (array_agg(phone ORDER BY updated_at DESC))[1] AS example
  FROM (
    SELECT c.id, c.account, c.last_outcome || coalesce('.' || c.http_status, '') AS reason, d.dead, c.updated_at, c.phone,
           (SELECT left(o.source, 100) FROM alohub.customer_outbox o
            WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) AS source
    FROM (SELECT customer_id, dead, hold FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 ORDER BY customer_id DESC LIMIT :looks) d
    CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status, updated_at, phone FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c
    WHERE d.hold IS NULL AND c.last_outcome IS NOT NULL AND (:account::text IS NULL OR c.account = :account)) failed
  GROUP BY account, reason, source ORDER BY count(*) DESC, 1, 2, 3 LIMIT :most) g ON true
ORDER BY g.count DESC, g.account, g.reason, g.source
