-- Compare and set: no row is changed if another replica has written it since it was read. Version
-- 0: there was none.
INSERT INTO alohub.notify_state AS s (topic, account, bad, differs_since, version)
VALUES (:topic, :account, :bad, :differs_since::timestamptz, 1)
ON CONFLICT (topic, account) DO UPDATE SET bad = excluded.bad, differs_since = excluded.differs_since, version = s.version + 1
WHERE s.version = :version
