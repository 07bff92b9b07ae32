-- One upload, or the newest ones; those that are still on their way are not shown.
SELECT id, state, person, name, account, source, sheet, columns::text, size, preview::text, fault, fault_line, fault_detail, why, lines, written,
       report_size, created_at, ended_at
FROM alohub.upload
WHERE state <> 'UPLOADING' AND (:id::uuid IS NULL OR id = :id::uuid)
ORDER BY created_at DESC, id DESC LIMIT :most
