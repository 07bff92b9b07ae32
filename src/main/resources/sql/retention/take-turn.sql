-- Takes the turn at a pass until the transaction ends. No row: another replica has it.
SELECT after_id, extract(epoch FROM next_at - clock_timestamp()), young, CASE WHEN after_id = 0 THEN next_full_at <= clock_timestamp() ELSE full_pass END
FROM alohub.retention
WHERE history = :history FOR NO KEY UPDATE SKIP LOCKED
