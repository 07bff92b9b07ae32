-- Where a customer leads whose phone was corrected before, and whether it is held. After its lock, so that it is as new as that.
SELECT p.phone, d.hold IS NOT NULL
FROM alohub.corrected_phone p LEFT JOIN alohub.due d ON d.customer_id = p.customer_id
WHERE p.customer_id = :customer
