-- Whether calls of an account go, and what they need.
SELECT state, needs, needs_vi FROM alohub.account_status WHERE account = :account
