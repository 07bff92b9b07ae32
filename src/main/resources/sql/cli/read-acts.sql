-- The newest acts of people on a customer. Of an act in the console the person, else the user of
-- the database.
SELECT at, coalesce(person, who::text) AS who, way, act, reason FROM alohub.audit WHERE customer_id = :customer ORDER BY id DESC LIMIT :most
