-- Takes longer than the test's server lets a statement take.
SELECT pg_sleep(2);
