-- The person in whose name this transaction acts, for the audit.
SELECT set_config('alohub.person', :person, true)
