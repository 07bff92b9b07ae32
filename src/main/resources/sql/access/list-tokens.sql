-- The newest ones; those that ended long ago are not of interest.
SELECT id, name, role, created_at, created_by, expires_at, last_used_at, revoked_at, revoked_by FROM alohub.api_token
ORDER BY (revoked_at IS NULL AND expires_at > statement_timestamp()) DESC, id DESC LIMIT 200
