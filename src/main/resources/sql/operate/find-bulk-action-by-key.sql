-- The action that a key has started.
SELECT id FROM alohub.bulk_action WHERE client_key = :key
