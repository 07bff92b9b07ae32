-- Refunds attempts that were used up while the account failed. A customer that became DEAD by them
-- is due again, not before its time.
UPDATE alohub.due d
-- refused_at makes the customer a suspect after the recovery: its next failures are not counted,
-- and cause no second refund.
SET attempts = greatest(0, d.attempts - s.attempts), dead = d.dead AND NOT becomes_due, refused_at = clock_timestamp(),
    due_at = CASE WHEN d.dead AND becomes_due AND d.hold IS NULL THEN greatest(clock_timestamp(), d.not_before) ELSE d.due_at END
FROM unnest(:customers::bigint[], :revisions::integer[], :attempts::integer[]) AS s (customer_id, revision, attempts)
JOIN alohub.customer c ON c.id = s.customer_id
CROSS JOIN LATERAL (SELECT c.last_outcome IN ('FAILED', 'UNKNOWN', 'REFUSED') AS becomes_due) r
WHERE d.customer_id = s.customer_id AND d.wanted_revision = s.revision
