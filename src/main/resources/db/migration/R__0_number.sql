-- The number of the schema. It rises whenever a file in this folder changes, so that a program with a lower number runs none of its
-- files over those of a newer one (docs/adr/0019). A new number is a new line in src/test/resources/migrations/numbers.txt.
CREATE OR REPLACE FUNCTION alohub.schema_number() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2';
