-- Makes customers due again, in one transaction: few at a time, since it locks them.
SELECT count(alohub.retry(p.phone, p.account, :why)) FROM unnest(:phones::text[], :accounts::text[]) AS p (phone, account)
