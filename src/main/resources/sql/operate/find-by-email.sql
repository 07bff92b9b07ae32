-- Customers whose e-mail, in small letters, begins with that, in the order of e-mails, behind a
-- customer: of so many that are looked at, those of the account, and the last of the look.
-- A customer that is not of the search moves nothing: whether something is found behind it would
-- tell a viewer, for whom values are masked, how its value sorts.
SELECT c.customer_id, :account::text IS NULL OR c.account = :account, c.n = :looks, c.email_key FROM (
  SELECT customer_id, account, email_key, row_number() OVER (ORDER BY email_key, customer_id) AS n FROM (
    SELECT s.customer_id, s.account, s.email_key FROM alohub.customer_search s
    WHERE (s.email_key, s.customer_id) > (
            greatest(left(lower(:email), 100) COLLATE "C", :after_key::text COLLATE "C"),
            :after::bigint)
      AND s.email_key < left(lower(:email), 100) || :end COLLATE "C"
    ORDER BY s.email_key, s.customer_id LIMIT :looks) looked) c
WHERE :account::text IS NULL OR c.account = :account OR c.n = :looks ORDER BY c.n LIMIT :most
