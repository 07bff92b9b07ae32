-- Lets another go on at once: this replica stops.
UPDATE alohub.upload SET leased_until = '-infinity', takes = takes - 1 WHERE id = :id::uuid AND worker = :worker::uuid
