-- Leaves in the audit who has filled up the outbox, with how many rows, from which source and why.
SELECT alohub.record_act('BACKFILL', customers => :customers, reason => :reason)
