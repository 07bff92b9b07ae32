-- Gets the outbox's lock at once and holds it for 10 s.
LOCK TABLE alohub.customer_outbox IN ACCESS EXCLUSIVE MODE;
SELECT pg_sleep(10);
