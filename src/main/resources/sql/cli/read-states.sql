-- Whether calls of each account go, and what they need.
SELECT account, state, until, needs, needs_vi FROM alohub.account_status ORDER BY account
