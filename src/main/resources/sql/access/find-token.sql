-- A token that is neither revoked nor expired. Its last use is noted once a minute.
WITH found AS (
  SELECT id, name, role, last_used_at FROM alohub.api_token
  WHERE token_hash = :hash AND revoked_at IS NULL AND expires_at > statement_timestamp()),
used AS (
  UPDATE alohub.api_token t SET last_used_at = statement_timestamp() FROM found f
  WHERE t.id = f.id AND (f.last_used_at IS NULL OR f.last_used_at < statement_timestamp() - interval '1 minute'))
SELECT id, name, role FROM found
