-- The newest acts before one: of so many that are looked at, those meant, and the last of the look.
SELECT id, at, coalesce(person, who::text), way, person IS NULL, act, account, customer_id, phone, customers, left(reason, 1000), bulk_action, meant, n = :looks
FROM (SELECT a.*, row_number() OVER (ORDER BY id DESC) AS n,
             (:person::text IS NULL OR coalesce(a.person, a.who::text) = :person) AND (:act::text IS NULL OR a.act = :act)
               AND (:account::text IS NULL OR a.account = :account)
               AND (:each OR a.bulk_action IS NULL OR a.customer_id IS NULL) AS meant
      FROM (SELECT * FROM alohub.audit WHERE id < :before ORDER BY id DESC LIMIT :looks) a) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
