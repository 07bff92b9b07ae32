-- Makes customers with a new revision due. It resets the attempts and ends DEAD. A lease stays as
-- it is.
INSERT INTO alohub.due AS d (customer_id, account, priority, wanted_revision)
SELECT * FROM unnest(:customers::bigint[], :accounts::text[], :priorities::smallint[], :revisions::integer[])
ON CONFLICT (customer_id) DO UPDATE
SET wanted_revision = excluded.wanted_revision, attempts = 0, dead = false, refused_at = NULL,
    priority = greatest(d.priority, excluded.priority),
    due_at = CASE WHEN d.hold IS NOT NULL THEN 'infinity'
                  -- Never before the end of a backoff or a quarantine.
                  WHEN d.dead THEN greatest(clock_timestamp(), d.not_before)
                  -- It keeps its place in the order.
                  ELSE d.due_at END
