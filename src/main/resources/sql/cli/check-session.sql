-- Of the server and of this user's session: whether it takes writes, whose it is, and what time it
-- is there.
SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable, session_user::text AS login,
       clock_timestamp() AS now, to_regclass('alohub.customer_outbox') IS NOT NULL AS schema,
       current_setting('TimeZone') AS session_zone,
       -- What sources' sessions begin with: of the database or the role, else of the server, which
       -- the driver hides; its log has the same.
       coalesce((SELECT substr(one, 10) FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS one
                 JOIN pg_database d ON d.oid = s.setdatabase
                 WHERE d.datname = current_database() AND s.setrole = 0 AND one ILIKE 'timezone=%'),
                current_setting('log_timezone')) AS database_zone
