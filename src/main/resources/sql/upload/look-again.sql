-- The same file is previewed for another account or with other columns.
UPDATE alohub.upload
SET state = 'UPLOADED', account = :account, source = :source, sheet = :sheet, columns = :columns::jsonb, preview = NULL, fault = NULL,
    fault_line = NULL, fault_detail = NULL, lines = 0, takes = 0
WHERE id = :id::uuid AND state = 'PREVIEWED'
