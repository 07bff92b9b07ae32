CREATE TABLE alohub.late (id bigint PRIMARY KEY);
CREATE FUNCTION alohub.late_function() RETURNS integer LANGUAGE sql AS 'SELECT 1';
