-- The newest customers: of so many that are looked at, those of the account, and the last of the
-- look.
SELECT id, meant, n = :looks, NULL
FROM (SELECT id, :account::text IS NULL OR account = :account AS meant, row_number() OVER (ORDER BY id DESC) AS n
      FROM (SELECT id, account FROM alohub.customer WHERE id < :before ORDER BY id DESC LIMIT :looks) c) l
WHERE meant OR n = :looks ORDER BY n LIMIT :most
