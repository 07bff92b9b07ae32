-- Starts the calls of an account again.
SELECT alohub.resume(a.name, :why) FROM alohub.account a WHERE a.name = :account
