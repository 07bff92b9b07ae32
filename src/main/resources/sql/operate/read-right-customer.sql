-- The customer that has the right phone already: what it holds, whether it is held, and whether it is another one. It is not where its own
-- phone was corrected to the one that is wrong now: that is corrected back.
SELECT c.name, c.email, d.hold IS NOT NULL,
       NOT EXISTS (SELECT FROM alohub.corrected_phone p WHERE p.customer_id = c.id AND p.account = c.account AND p.phone = :wrong)
FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id
WHERE c.phone = :phone AND c.account = :account
