-- Tokens that are neither revoked nor expired, by their digests.
SELECT token_hash, id, name, role FROM alohub.api_token WHERE revoked_at IS NULL AND expires_at > statement_timestamp()
