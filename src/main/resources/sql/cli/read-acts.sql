-- The newest acts of people on a customer.
SELECT at, who, act, reason FROM alohub.audit WHERE customer_id = :customer ORDER BY id DESC LIMIT :most
