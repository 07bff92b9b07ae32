-- Group roles that the server does not have.
SELECT name FROM unnest(ARRAY['alohub_owner', 'alohub_worker', 'alohub_operator', 'alohub_writer', 'alohub_reader']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = name)
