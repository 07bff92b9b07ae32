-- Where a corrected phone leads to, and whence: the newest correction first.
SELECT * FROM (
  SELECT true AS leads_to, (SELECT c.id FROM alohub.customer c WHERE c.phone = p.phone AND c.account = p.account) AS other, p.phone, p.corrected_at
  FROM alohub.corrected_phone p WHERE p.customer_id = :customer
  UNION ALL
  SELECT false, wrong.id, wrong.phone, p.corrected_at
  FROM alohub.customer c JOIN alohub.corrected_phone p ON p.phone = c.phone AND p.account = c.account JOIN alohub.customer wrong ON wrong.id = p.customer_id
  WHERE c.id = :customer) links
ORDER BY corrected_at DESC LIMIT 20
