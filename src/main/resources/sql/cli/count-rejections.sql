-- Rejected rows by reason and source, of as many of the newest as are read. By merge_status an
-- index finds them, whatever else is open.
SELECT 'REJECTION' AS kind, left(r.account, 100) AS account, code AS reason, r.status, left(r.source, 100) AS source,
       count(*) AS count, min(r.created_at) AS first, max(r.created_at) AS last,
       alohub.masked((array_agg(r.phone ORDER BY r.id DESC))[1]) AS example
FROM (SELECT id, account, source, phone, status, reason_codes, created_at FROM alohub.outbox_status WHERE merge_status = 'REJECTED'
      ORDER BY id DESC LIMIT :most) r
CROSS JOIN LATERAL unnest(r.reason_codes) AS code
WHERE (:account::text IS NULL OR r.account = :account::text) AND (:since::timestamptz IS NULL OR r.created_at >= :since::timestamptz)
GROUP BY 2, 3, 4, 5 ORDER BY count(*) DESC, 2, 3, 5
