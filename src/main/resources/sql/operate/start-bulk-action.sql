-- Starts an action on a group, or on the customers that another one has held, unless its key has started one.
INSERT INTO alohub.bulk_action (client_key, kind, of_action, account, reason, source, person, way, why, state, expected, at_least)
VALUES (:key, :kind, :of_action::uuid, :account, :reason, :source, :person, :way, :why, :state, :expected, :at_least)
ON CONFLICT (client_key) DO NOTHING RETURNING id
