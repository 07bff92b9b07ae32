-- One row: the account is registered with these settings.
SELECT FROM alohub.account
WHERE row_order = :row_order AND version_unit = :version_unit AND seen_at IS NOT NULL AND NOT (:rate_is_set AND learned_rate IS NOT NULL) AND name = :account
