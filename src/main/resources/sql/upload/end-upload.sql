-- The work is over.
UPDATE alohub.upload
SET state = :state, fault = :fault, fault_line = :line, fault_detail = :detail, report_size = :report, worker = NULL, leased_until = '-infinity',
    ended_at = clock_timestamp()
WHERE id = :id::uuid AND worker = :worker::uuid
