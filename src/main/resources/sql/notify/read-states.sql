-- What the last notifications said.
SELECT topic, account, bad, differs_since, version FROM alohub.notify_state ORDER BY topic, account
