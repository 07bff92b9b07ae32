-- Customers whose last call failed, by what it came to and by the source of their newest row: of so
-- many of the newest that are looked at. Seen first: the oldest call of the revision that came to
-- that, of the newest 20 of the customer; each call writes updated_at. The last column: how many that were. One row without an
-- account: there is no group.
SELECT g.*, l.looked
FROM (SELECT count(*) AS looked FROM (SELECT FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 LIMIT :looks) n) l
LEFT JOIN (
  SELECT account, reason, source, count(*), count(*) FILTER (WHERE dead) AS dead, min(first) AS first, max(updated_at) AS last,
         (array_agg(phone ORDER BY updated_at DESC))[1] AS example
  FROM (
    SELECT c.account, c.last_outcome || coalesce('.' || c.http_status, '') AS reason, d.dead, c.updated_at, c.phone,
           coalesce((
             SELECT min(a.started_at) FROM (
               SELECT started_at, revision, outcome, http_status FROM alohub.delivery_attempt
               WHERE phone = c.phone AND account = c.account ORDER BY id DESC LIMIT 20) a
             WHERE a.revision = c.wanted_revision AND a.outcome = c.last_outcome AND a.http_status IS NOT DISTINCT FROM c.http_status), c.updated_at) AS first,
           (SELECT left(o.source, 100) FROM alohub.customer_outbox o
            WHERE o.customer_id = c.id AND o.merge_status = 'MERGED' ORDER BY o.id DESC LIMIT 1) AS source
    FROM (SELECT customer_id, dead, hold FROM alohub.due WHERE dead OR hold IS NOT NULL OR attempts > 0 ORDER BY customer_id DESC LIMIT :looks) d
    CROSS JOIN LATERAL (SELECT id, account, last_outcome, http_status, updated_at, phone, wanted_revision FROM alohub.customer WHERE id = d.customer_id LIMIT 1) c
    WHERE d.hold IS NULL AND c.last_outcome IS NOT NULL AND (:account::text IS NULL OR c.account = :account)) failed
  GROUP BY account, reason, source ORDER BY count(*) DESC, 1, 2, 3 LIMIT :most) g ON true
ORDER BY g.count DESC, g.account, g.reason, g.source
