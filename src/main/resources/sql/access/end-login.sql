-- Ends a login for all replicas.
INSERT INTO alohub.ended_login (session, until) VALUES (:session, statement_timestamp() + make_interval(secs => :seconds))
ON CONFLICT (session) DO NOTHING
