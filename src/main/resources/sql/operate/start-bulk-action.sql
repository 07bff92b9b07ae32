-- Starts an action on a group, unless its key has started one.
INSERT INTO alohub.bulk_action (client_key, kind, account, reason, source, person, way, why, state, expected, at_least)
VALUES (:key, :kind, :account, :reason, :source, :person, :way, :why, :state, :expected, :at_least)
ON CONFLICT (client_key) DO NOTHING RETURNING id
