-- Rights that group roles lack, or have although they must not. A role that does not exist is left
-- out.
SELECT r.rolname || ': ' || needed.what AS wrong
FROM pg_roles r
JOIN LATERAL (VALUES
  ('alohub_writer', 'USAGE alohub', has_schema_privilege(r.oid, 'alohub', 'USAGE')),
  ('alohub_writer', 'INSERT alohub.customer_outbox', has_column_privilege(r.oid, 'alohub.customer_outbox', 'phone', 'INSERT')),
  ('alohub_writer', 'INSERT alohub.customer_inbox', has_table_privilege(r.oid, 'alohub.customer_inbox', 'INSERT')),
  ('alohub_writer', 'SELECT alohub.outbox_status', has_table_privilege(r.oid, 'alohub.outbox_status', 'SELECT')),
  ('alohub_writer', 'EXECUTE alohub.enqueue_customer', has_function_privilege(r.oid,
     'alohub.enqueue_customer(text, text, text, text, text, text, integer, bigint, text)', 'EXECUTE')),
  ('alohub_writer', 'no SELECT alohub.customer', NOT has_table_privilege(r.oid, 'alohub.customer', 'SELECT')),
  ('alohub_reader', 'SELECT alohub.sync_status_masked', has_table_privilege(r.oid, 'alohub.sync_status_masked', 'SELECT')),
  ('alohub_reader', 'SELECT alohub.account_status', has_table_privilege(r.oid, 'alohub.account_status', 'SELECT')),
  ('alohub_reader', 'no SELECT alohub.sync_status', NOT has_table_privilege(r.oid, 'alohub.sync_status', 'SELECT')),
  ('alohub_operator', 'SELECT alohub.sync_status', has_table_privilege(r.oid, 'alohub.sync_status', 'SELECT')),
  ('alohub_operator', 'EXECUTE alohub.retry', has_function_privilege(r.oid, 'alohub.retry(text, text, text)', 'EXECUTE')),
  ('alohub_operator', 'EXECUTE alohub.resync',
     has_function_privilege(r.oid, 'alohub.resync(text, timestamptz, bigint, integer, text)', 'EXECUTE')),
  ('alohub_operator', 'EXECUTE alohub.pause', has_function_privilege(r.oid, 'alohub.pause(text, text)', 'EXECUTE')),
  ('alohub_worker', 'UPDATE alohub.customer_outbox', has_table_privilege(r.oid, 'alohub.customer_outbox', 'UPDATE')),
  ('alohub_worker', 'INSERT, UPDATE alohub.customer',
     has_table_privilege(r.oid, 'alohub.customer', 'INSERT') AND has_table_privilege(r.oid, 'alohub.customer', 'UPDATE')),
  ('alohub_worker', 'INSERT, DELETE alohub.due', has_table_privilege(r.oid, 'alohub.due', 'INSERT') AND has_table_privilege(r.oid, 'alohub.due', 'DELETE')),
  ('alohub_worker', 'INSERT alohub.delivery_attempt', has_table_privilege(r.oid, 'alohub.delivery_attempt', 'INSERT')),
  ('alohub_worker', 'USAGE alohub.lease_token', has_sequence_privilege(r.oid, 'alohub.lease_token', 'USAGE')),
  ('alohub_worker', 'no UPDATE alohub.audit', NOT has_table_privilege(r.oid, 'alohub.audit', 'UPDATE')),
  ('alohub_owner', 'CREATE alohub', has_schema_privilege(r.oid, 'alohub', 'CREATE'))) AS needed (role, what, sound)
  ON needed.role = r.rolname
WHERE NOT needed.sound
