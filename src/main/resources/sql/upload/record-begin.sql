-- In the transaction that begins the import: it is begun once.
UPDATE alohub.upload SET state = 'IMPORTING' WHERE id = :id::uuid AND worker = :worker::uuid AND state = 'CONFIRMED'
