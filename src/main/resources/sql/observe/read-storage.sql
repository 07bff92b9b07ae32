-- Bytes by table. This asks the file system for the lengths of files, and reads no table.
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relnamespace = 'alohub'::regnamespace AND relkind = 'r'
