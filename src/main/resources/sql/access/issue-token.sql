-- A new token, of which the digest alone is stored.
INSERT INTO alohub.api_token (name, role, token_hash, created_by, expires_at)
VALUES (:name, :role, :hash, :person, statement_timestamp() + make_interval(days => :days)) RETURNING id
