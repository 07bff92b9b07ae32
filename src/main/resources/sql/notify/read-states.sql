-- What people were told last.
SELECT topic, account, bad, differs_since, version FROM alohub.notify_state ORDER BY topic, account
