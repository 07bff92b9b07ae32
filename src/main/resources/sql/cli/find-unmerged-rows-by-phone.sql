-- Of the newest rows that are new or were rejected: those whose phone has these digits. No index
-- has them.
SELECT id, account, source, source_ref, phone, status, reason, reason_vi, reason_codes, customer_id, created_at, merged_at, written_by
FROM ((SELECT * FROM alohub.outbox_status WHERE merge_status IS NULL ORDER BY id DESC LIMIT 2000)
      UNION ALL
      (SELECT * FROM alohub.outbox_status WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT 2000)) unmerged
WHERE regexp_replace(left(phone, 200), '[^0-9]', '', 'g') LIKE '%' || :digits || '%' AND (:account::text IS NULL OR account = :account::text)
ORDER BY id DESC LIMIT :most
