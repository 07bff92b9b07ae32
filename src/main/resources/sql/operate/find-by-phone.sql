-- Customers whose phone begins with that, in the order of phones, behind a customer: of so many
-- that are looked at, those of the account, and the last of the look.
-- A customer that is not of the search moves nothing: whether something is found behind it would
-- tell a viewer, for whom values are masked, how its value sorts.
SELECT c.id, :account::text IS NULL OR c.account = :account, c.n = :looks, NULL FROM (
  SELECT id, account, row_number() OVER (ORDER BY phone, account) AS n FROM (
    SELECT c.id, c.phone, c.account FROM alohub.customer c
    WHERE (c.phone, c.account) > (
            greatest(:phone COLLATE "C", (SELECT a.phone FROM alohub.customer a WHERE a.id = :after::bigint
              AND a.phone >= :phone COLLATE "C" AND a.phone < :end COLLATE "C")),
            coalesce((SELECT a.account FROM alohub.customer a WHERE a.id = :after::bigint), ''))
      AND c.phone < :end COLLATE "C"
    ORDER BY c.phone, c.account LIMIT :looks) looked) c
WHERE :account::text IS NULL OR c.account = :account OR c.n = :looks ORDER BY c.n LIMIT :most
