-- Logins that were ended before their time.
SELECT session FROM alohub.ended_login WHERE until > statement_timestamp()
