-- Finds out whether ids have started again, and moves the sequence above every id that was merged.
SELECT moved_to, above FROM alohub.check_outbox_numbers(:highest, :restarts)
