-- How the items of a canary stand: accepted, failed, waiting. One that is to be sent again after a
-- failed attempt has failed: the answer is known.
SELECT count(*) FILTER (WHERE i.state = 'DELIVERED'), count(*) FILTER (WHERE i.state = 'FAILED' OR i.state = 'SENT' AND d.attempts > 0),
       count(*) FILTER (WHERE i.state = 'SENT' AND coalesce(d.attempts, 0) = 0)
FROM alohub.bulk_item i LEFT JOIN alohub.due d ON d.customer_id = i.customer_id
WHERE i.action_id = :action::uuid
