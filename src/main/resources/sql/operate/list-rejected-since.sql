-- The newest rejected rows before one: of so many that are looked at, those meant, and the last of the look.
SELECT id, left(account, 100), left(source, 100), left(source_ref, 300), left(phone, 100), left(name, 255), left(email, 254),
       merge_status, reasons, customer_id, revision, created_at, merged_at, written_by, meant, n = :looks
FROM (SELECT r.*, row_number() OVER (ORDER BY id DESC) AS n,
             (:account::text IS NULL OR coalesce(nullif(btrim(left(account, 100)), ''), 'default') = :account)
               AND (:reason::text IS NULL OR :reason = ANY (reasons)) AND (:since::timestamptz IS NULL OR merged_at >= :since) AS meant
      FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' AND id < :before ORDER BY id DESC LIMIT :looks) r) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
