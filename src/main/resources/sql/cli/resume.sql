-- Starts the calls of an account again.
SELECT alohub.resume(:account, :why)
