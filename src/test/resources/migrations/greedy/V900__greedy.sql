-- Gets a lock at once that sources wait for, and holds it for 10 s.
DO $$
BEGIN
  IF '${table}' = 'customer_inbox' THEN
    ALTER VIEW alohub.customer_inbox SET (security_barrier = true);
  ELSE
    LOCK TABLE alohub.customer_outbox IN ACCESS EXCLUSIVE MODE;
  END IF;
END $$;
SELECT pg_sleep(10);
