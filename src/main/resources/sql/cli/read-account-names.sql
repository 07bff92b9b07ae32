-- The accounts, by name. `default` is there from the start: it counts only if a replica serves it, or none serves any yet.
SELECT account FROM alohub.account_status
WHERE seen_at IS NOT NULL OR NOT EXISTS (SELECT FROM alohub.account_status WHERE seen_at IS NOT NULL)
ORDER BY account
