-- Keeps locked customers from being sent.
SELECT count(alohub.hold(c.phone, c.account, :why)) FROM alohub.customer c WHERE c.id = ANY (:ids::bigint[])
