-- Which rights of a daemon this user lacks.
SELECT what AS missing FROM (VALUES
  ('INSERT, UPDATE alohub.customer', has_table_privilege('alohub.customer', 'INSERT') AND has_table_privilege('alohub.customer', 'UPDATE')),
  ('UPDATE alohub.customer_outbox', has_table_privilege('alohub.customer_outbox', 'UPDATE')),
  ('INSERT, DELETE alohub.due', has_table_privilege('alohub.due', 'INSERT') AND has_table_privilege('alohub.due', 'DELETE')),
  ('INSERT alohub.delivery_attempt', has_table_privilege('alohub.delivery_attempt', 'INSERT')),
  ('UPDATE alohub.account', has_table_privilege('alohub.account', 'UPDATE')),
  ('USAGE alohub.lease_token', has_sequence_privilege('alohub.lease_token', 'USAGE')),
  ('EXECUTE alohub.retry', has_function_privilege('alohub.retry(text, text, text)', 'EXECUTE'))) AS needed (what, granted)
WHERE NOT granted
