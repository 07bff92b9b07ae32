-- One upload, or the newest ones before one; those that are still on their way are not shown.
SELECT u.id, state, person, name, account, source, sheet, columns::text, size, preview::text, fault, fault_line, fault_detail, why, lines, written,
       report_size, created_at, ended_at, previews
FROM alohub.upload u
WHERE state <> 'UPLOADING' AND (:id::uuid IS NULL OR u.id = :id::uuid)
  AND (:before::uuid IS NULL OR (u.created_at, u.id) < (SELECT b.created_at, b.id FROM alohub.upload b WHERE b.id = :before::uuid))
ORDER BY u.created_at DESC, u.id DESC LIMIT :most
