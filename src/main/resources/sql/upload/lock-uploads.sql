-- One upload begins at a time, until the transaction ends: so the count of those that wait is
-- right.
SELECT pg_advisory_xact_lock(1768843597)
