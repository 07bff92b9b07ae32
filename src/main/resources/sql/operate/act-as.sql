-- Who acts in this transaction, for the audit.
SELECT set_config('alohub.person', :person, true)
