-- The number of the database's schema, from the catalogue: it needs no right, and there may be no
-- schema yet.
SELECT substring(p.prosrc FROM '[0-9]+')::int FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'alohub' AND p.proname = 'schema_number'
