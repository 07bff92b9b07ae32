-- Whether this user may read what was migrated.
SELECT coalesce(has_table_privilege(to_regclass('alohub.flyway_schema_history'), 'SELECT'), false) AS readable
