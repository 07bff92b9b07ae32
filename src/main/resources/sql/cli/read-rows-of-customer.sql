-- The newest rows of a customer. Rows that changed nothing are in no index by customer: those among
-- the newest of all are found.
SELECT id, account, source, source_ref, phone, status, reason, reason_vi, reason_codes, revision, created_at, merged_at, written_by
FROM ((SELECT * FROM alohub.outbox_status WHERE customer_id = :customer AND merge_status = 'MERGED' ORDER BY id DESC LIMIT :most)
      UNION ALL
      (SELECT * FROM (SELECT * FROM alohub.outbox_status WHERE merge_status = 'UNCHANGED' ORDER BY id DESC LIMIT 2000) n WHERE customer_id = :customer)
      UNION ALL
      (SELECT * FROM (SELECT * FROM alohub.outbox_status WHERE merge_status = 'SUPERSEDED' ORDER BY id DESC LIMIT 2000) n WHERE customer_id = :customer)) r
ORDER BY id DESC LIMIT :most
