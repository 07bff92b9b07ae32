-- Calls a second that were learned from Alohub's refusals; null: none.
SELECT learned_rate FROM alohub.account WHERE name = :account
