-- Ends a token; one that is revoked already stays as it is.
UPDATE alohub.api_token SET revoked_at = statement_timestamp(), revoked_by = :person
WHERE id = :id AND revoked_at IS NULL RETURNING name
