-- Which of these say nothing that their customer does not hold already; their places, from 1.
SELECT said.place
FROM unnest(:phones::text[], :names::text[], :emails::text[]) WITH ORDINALITY AS said (phone, name, email, place)
JOIN alohub.customer c ON c.phone = said.phone COLLATE "C" AND c.account = :account
WHERE (said.name IS NULL OR said.name = c.name) AND (said.email IS NULL OR said.email = c.email)
