-- What a replica at rest would find: whether there is a new row, and of each account whether a
-- customer can be claimed or a lease of a merge has ended, and the state of its breaker. One
-- statement for all accounts; it locks nothing.
SELECT NULL AS account, EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL) AS found, NULL AS state, NULL::timestamptz AS state_since
UNION ALL
SELECT a.name,
       -- As in a claim that makes a full scan.
       EXISTS (
         WITH RECURSIVE level (priority) AS (
           (SELECT d.priority FROM alohub.due d WHERE d.account = a.name ORDER BY d.priority DESC LIMIT 1)
           UNION ALL
           SELECT (SELECT d.priority FROM alohub.due d WHERE d.account = a.name AND d.priority < level.priority
                   ORDER BY d.priority DESC LIMIT 1)
           FROM level WHERE level.priority IS NOT NULL)
         SELECT FROM level CROSS JOIN LATERAL (
           SELECT FROM alohub.due d
           WHERE d.account = a.name AND d.priority = level.priority AND d.due_at <= (SELECT clock_timestamp())
             AND (d.lease_until IS NULL OR d.lease_until <= (SELECT clock_timestamp()))
           LIMIT 1) ready
         WHERE level.priority IS NOT NULL)
       OR EXISTS (SELECT FROM alohub.merge_lease l WHERE l.account = a.name AND l.lease_until <= (SELECT clock_timestamp())),
       a.state, a.state_since
FROM alohub.account a WHERE a.name = ANY (:accounts::text[])
