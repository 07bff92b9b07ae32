-- A new token, of which the digest alone is stored. No row: it was issued before, or so many are valid already.
INSERT INTO alohub.api_token (name, role, token_hash, created_by, expires_at)
SELECT :name, :role, :hash, :person, statement_timestamp() + make_interval(days => :days)
WHERE (SELECT count(*) FROM alohub.api_token WHERE revoked_at IS NULL AND expires_at > statement_timestamp()) < :most
ON CONFLICT (token_hash) DO NOTHING
RETURNING id
