-- Keeps other runs of this file and account away until the session ends. The first number is this
-- lock's own.
SELECT pg_try_advisory_lock(1768843596, hashtext(:what))
