-- The newest rows of a customer before one. Rows that changed nothing are in no index by customer:
-- those among the newest of all are found.
SELECT o.id, left(o.account, 100), left(o.source, 100), left(o.source_ref, 300), left(o.phone, 100), left(o.name, 255), left(o.email, 254),
       o.status, o.reasons, o.customer_id, o.revision, o.created_at, o.merged_at, o.written_by
FROM ((SELECT coalesce(m.merged_status, m.merge_status) AS status, m.* FROM alohub.outbox_merged m
       WHERE m.customer_id = :customer AND m.merge_status = 'MERGED' AND m.id < :before ORDER BY m.id DESC LIMIT :most)
      UNION ALL
      (SELECT n.merge_status, NULL, n.* FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'UNCHANGED' ORDER BY id DESC LIMIT 2000) n
       WHERE n.customer_id = :customer AND n.id < :before)
      UNION ALL
      (SELECT n.merge_status, NULL, n.* FROM (SELECT * FROM alohub.customer_outbox WHERE merge_status = 'SUPERSEDED' ORDER BY id DESC LIMIT 2000) n
       WHERE n.customer_id = :customer AND n.id < :before)) o
ORDER BY o.id DESC LIMIT :most
