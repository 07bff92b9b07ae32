-- Whether this session is the elected listener: the one that makes sources notify while rows are
-- rare. It is for as long as the session lasts.
SELECT pg_try_advisory_lock(:lock)
