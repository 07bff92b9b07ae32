-- Ends a login for all replicas. Those that are over by themselves go.
WITH over AS (DELETE FROM alohub.ended_login WHERE until < statement_timestamp())
INSERT INTO alohub.ended_login (session, until) VALUES (:session, statement_timestamp() + make_interval(secs => :seconds))
ON CONFLICT (session) DO NOTHING
