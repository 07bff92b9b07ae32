-- Stops the calls of an account.
SELECT alohub.pause(:account, :why)
