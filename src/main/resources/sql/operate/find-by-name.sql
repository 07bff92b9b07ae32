-- Customers whose name, without marks and in small letters, begins with that, in the order of
-- names, behind a customer: of so many that are looked at, those of the account, and the last of
-- the look.
-- A customer that is not of the search moves nothing: whether something is found behind it would
-- tell a viewer, for whom values are masked, how its value sorts.
SELECT c.customer_id, :account::text IS NULL OR c.account = :account, c.n = :looks, c.name_key FROM (
  SELECT customer_id, account, name_key, row_number() OVER (ORDER BY name_key, customer_id) AS n FROM (
    SELECT s.customer_id, s.account, s.name_key FROM alohub.customer_search s
    -- One lower bound, in any plan: a page far behind begins where it is, and does not pass over
    -- all before it
    WHERE (s.name_key, s.customer_id) > (
            greatest(alohub.folded(:name) COLLATE "C", :after_key::text COLLATE "C"),
            :after::bigint)
      AND s.name_key < alohub.folded(:name) || :end COLLATE "C"
      AND alohub.folded(:name) <> '' -- of marks alone nothing is left, and every name begins with that
    ORDER BY s.name_key, s.customer_id LIMIT :looks) looked) c
WHERE :account::text IS NULL OR c.account = :account OR c.n = :looks ORDER BY c.n LIMIT :most
