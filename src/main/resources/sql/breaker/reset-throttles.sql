-- The first call after a pause was answered: the next pause is a short one again.
UPDATE alohub.account SET throttles = 0 WHERE name = :account AND throttles > 0 AND state IN ('ACTIVE', 'RECOVERING')
