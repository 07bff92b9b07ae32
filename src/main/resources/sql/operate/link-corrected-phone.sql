-- From the customer of a wrong phone to the right phone.
INSERT INTO alohub.corrected_phone (customer_id, account, phone) VALUES (:customer, :account, :phone)
ON CONFLICT (customer_id) DO UPDATE SET phone = excluded.phone, corrected_at = clock_timestamp()
