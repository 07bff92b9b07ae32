-- Locks those of the rows that are new and that no other transaction has. Long values are cut: a
-- source may write megabytes. 201 is one more than a phone may have. A name of 255 code points may
-- be written with many more (decomposed, padded); so may an e-mail of 254.
SELECT id, coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') AS account, left(phone, 201) AS phone, left(name, 2000) AS name, left(email, 2000) AS email,
       coalesce(priority, 0::smallint) AS priority, source_version, ranks_by_id FROM alohub.customer_outbox
WHERE id = ANY (:ids) AND merge_status IS NULL
ORDER BY coalesce(priority, 0::smallint) DESC, id
FOR NO KEY UPDATE SKIP LOCKED
