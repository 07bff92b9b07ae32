-- Of the server and of this user's session: whether it takes writes, whose it is, and what time it is there.
SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable, session_user::text AS login,
       clock_timestamp() AS now, to_regclass('alohub.customer_outbox') IS NOT NULL AS schema
