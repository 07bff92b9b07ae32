-- A token that was issued before: whether it may be shown once more.
SELECT revoked_at IS NULL AND created_at > clock_timestamp() - make_interval(secs => :shown) FROM alohub.api_token WHERE token_hash = :hash
