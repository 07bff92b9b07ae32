-- The person in whose name this transaction acts, and the way by which it came in, for the audit.
SELECT set_config('alohub.person', :person, true), set_config('alohub.way', :way, true)
