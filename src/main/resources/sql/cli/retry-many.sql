-- Makes customers due again, in one transaction: few at a time, since it locks them. Those that
-- another transaction holds are left out.
SELECT count(alohub.retry(c.phone, c.account, :why))
FROM (SELECT phone, account FROM alohub.customer WHERE id = ANY (:ids::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) c
