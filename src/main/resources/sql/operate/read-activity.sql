-- The newest acts before one: of so many that are looked at, those meant.
SELECT a.id, at, coalesce(person, who::text), person IS NULL, act, account, customer_id, phone, customers, left(reason, 1000),
       (:person::text IS NULL OR coalesce(a.person, a.who::text) = :person) AND (:act::text IS NULL OR a.act = :act)
         AND (:account::text IS NULL OR a.account = :account)
FROM (SELECT * FROM alohub.audit WHERE id < :before ORDER BY id DESC LIMIT :looks) a ORDER BY a.id DESC
