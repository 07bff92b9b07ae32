-- Notes that a token is in use, once a minute over all replicas.
UPDATE alohub.api_token SET last_used_at = statement_timestamp()
WHERE id = :id AND (last_used_at IS NULL OR last_used_at < statement_timestamp() - interval '1 minute')
