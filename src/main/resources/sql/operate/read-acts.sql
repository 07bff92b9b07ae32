-- The newest acts of people on a customer before one.
SELECT id, at, coalesce(person, who::text), way, person IS NULL, act, account, customer_id, phone, customers, left(reason, 1000), bulk_action FROM alohub.audit
WHERE customer_id = :customer AND id < :before ORDER BY id DESC LIMIT :most
