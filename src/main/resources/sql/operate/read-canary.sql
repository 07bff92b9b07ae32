-- How the items of a canary stand: accepted, failed, waiting, and the answers' words.
SELECT count(*) FILTER (WHERE state = 'DELIVERED'), count(*) FILTER (WHERE state = 'FAILED'), count(*) FILTER (WHERE state = 'SENT'),
       left(string_agg(DISTINCT left(error, 300), ' | ') FILTER (WHERE state = 'FAILED'), 1500)
FROM alohub.bulk_item WHERE action_id = :action::uuid AND n <= :canary
