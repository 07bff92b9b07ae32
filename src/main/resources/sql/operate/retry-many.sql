-- Makes locked customers due again.
SELECT count(alohub.retry(c.phone, c.account, :why)) FROM alohub.customer c WHERE c.id = ANY (:ids::bigint[])
