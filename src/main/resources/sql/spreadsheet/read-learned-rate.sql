-- Calls a second that Alohub's refusals have taught; null: none.
SELECT learned_rate FROM alohub.account WHERE name = :account
