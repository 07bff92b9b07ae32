-- The state of each account, and the database's time.
SELECT name, state, trip_cause, clock_timestamp() FROM alohub.account ORDER BY name
