-- Rows that were not delivered within a minute of their insert, the newest first: of so many rows that are looked at those meant, and the
-- last of the look. What counts is what the share counts, of which observe reads a sample (operate/follow-rows).
SELECT id, left(account, 100), left(source, 100), left(source_ref, 300), left(phone, 100), left(name, 255), left(email, 254),
       coalesce(merge_status, 'NEW'), reasons, customer_id, revision, created_at, merged_at, written_by, meant, n = :looks
FROM (SELECT r.*, row_number() OVER (ORDER BY r.id DESC) AS n,
             (:account::text IS NULL OR coalesce(c.account, nullif(btrim(left(r.account, 100)), ''), 'default') = :account)
               AND (:since::timestamptz IS NULL OR r.written >= :since) AND r.written < statement_timestamp() - interval '1 minute'
               AND coalesce(CASE WHEN r.merge_status IN ('REJECTED', 'SUPERSEDED', 'UNCHANGED') THEN false
                             WHEN r.merge_status IS NULL THEN true
                             -- No EXISTS: the planner might read all that is due or all attempts, to answer it for many rows at once.
                             WHEN c.delivered_revision < r.revision THEN (
                               SELECT true FROM alohub.due d WHERE d.customer_id = c.id AND (d.dead OR d.hold IS NOT NULL) LIMIT 1) IS NULL
                             WHEN c.delivered_at <= r.written + interval '1 minute' THEN false
                             ELSE (SELECT true FROM alohub.delivery_attempt a
                                   WHERE a.phone = c.phone AND a.account = c.account AND a.outcome = 'ACCEPTED' AND a.revision >= r.revision
                                     AND a.started_at + make_interval(secs => coalesce(a.duration_ms, 0) / 1000.0) <= r.written + interval '1 minute'
                                   LIMIT 1) IS NULL END, false) AS meant
      FROM (SELECT o.*, least(coalesce(o.created_at, o.merged_at), coalesce(o.merged_at, o.created_at)) AS written
            FROM alohub.customer_outbox o WHERE o.id < :before ORDER BY o.id DESC LIMIT :looks) r
      LEFT JOIN LATERAL (SELECT * FROM alohub.customer WHERE id = r.customer_id LIMIT 1) c ON true) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
