-- Ends the hold of a customer.
SELECT alohub.release(:phone, :account, :why)
