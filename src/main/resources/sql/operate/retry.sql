-- Makes a customer due again.
SELECT alohub.retry(:phone, :account, :why)
