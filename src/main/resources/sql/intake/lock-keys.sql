-- Locks the keys of requests until the transaction ends; returns those that no other transaction
-- has. It waits for no lock. The locks are pairs of integers, apart from the daemon's others, which
-- are bigints. Two keys may share one: then the later request has to try again.
SELECT key FROM unnest(:keys::text[]) AS entry (key) WHERE pg_try_advisory_xact_lock(1768843595, hashtext(key))
