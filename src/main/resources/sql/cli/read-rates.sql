-- The rate that each account has learned.
SELECT account, learned_rate FROM alohub.account_status ORDER BY account
