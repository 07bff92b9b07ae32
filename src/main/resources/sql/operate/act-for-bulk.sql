-- The action on a group that this transaction is a part of, for the audit.
SELECT set_config('alohub.bulk_action', :action, true)
