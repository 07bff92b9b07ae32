-- Stops the calls of an account.
SELECT alohub.pause(a.name, :why) FROM alohub.account a WHERE a.name = :account
