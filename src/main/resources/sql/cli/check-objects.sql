-- Which of these objects are missing, or can't be used: a trigger that is switched off, an index
-- that is not valid.
SELECT m.kind || ' ' || m.name AS missing
FROM unnest(:kinds::text[], :names::text[], :tables::text[]) AS m (kind, name, of_table)
WHERE NOT CASE m.kind
  WHEN 'function' THEN EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = to_regnamespace('alohub') AND p.proname = m.name)
  WHEN 'trigger' THEN EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass('alohub.' || quote_ident(m.of_table)) AND t.tgname = m.name AND t.tgenabled <> 'D')
  WHEN 'index' THEN EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = to_regclass('alohub.' || quote_ident(m.name)) AND i.indisvalid)
  ELSE to_regclass('alohub.' || quote_ident(m.name)) IS NOT NULL END
