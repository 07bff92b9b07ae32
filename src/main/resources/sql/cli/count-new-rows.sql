-- Rows that are not merged yet, as far as they are counted.
SELECT count(*) AS rows FROM (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL LIMIT 100000) n
