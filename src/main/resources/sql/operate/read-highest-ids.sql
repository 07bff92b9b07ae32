-- The highest ids of what is followed, and whether customers wait for their calls at this moment.
SELECT coalesce((SELECT max(id) FROM alohub.delivery_attempt), 0), coalesce((SELECT max(id) FROM alohub.customer_outbox WHERE id <= (SELECT alohub.outbox_highest_drawn())), 0),
       coalesce((SELECT max(id) FROM alohub.customer), 0),
       (SELECT count(*) FROM (SELECT FROM alohub.due WHERE due_at <= clock_timestamp() LIMIT 500) d) >= 500
