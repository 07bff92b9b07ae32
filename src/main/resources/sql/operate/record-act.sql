-- Adds an act to the audit.
SELECT alohub.record_act(:act, :account, :customer::bigint, :phone, :customers::bigint, :why)
