-- Keeps a customer from being sent.
SELECT alohub.hold(:phone, :account, :why)
