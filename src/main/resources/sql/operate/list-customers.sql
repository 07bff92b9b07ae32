-- The newest customers: of so many that are looked at, those of the account.
SELECT c.id, :account::text IS NULL OR c.account = :account AS meant
FROM (SELECT id, account FROM alohub.customer WHERE id < :before ORDER BY id DESC LIMIT :looks) c ORDER BY c.id DESC
