-- Sources need not notify any more.
SELECT pg_advisory_unlock(:lock)
