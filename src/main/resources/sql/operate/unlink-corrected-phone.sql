-- A phone that was taken for a wrong one is the right one: its customer leads nowhere any more.
-- Gives whether it is held for that.
WITH unlinked AS (
  DELETE FROM alohub.corrected_phone p USING alohub.customer c
  WHERE c.phone = :phone AND c.account = :account AND p.customer_id = c.id RETURNING p.customer_id)
SELECT coalesce(d.hold LIKE 'phone corrected to %', false) FROM unlinked u LEFT JOIN alohub.due d ON d.customer_id = u.customer_id
