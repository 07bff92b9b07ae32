-- A settle rewrites its customer, and in a backlog it rewrites all customers of a page in one transaction. With 55 two of five did not
-- fit beside the old ones, and each of them paid for entries in two indices. Pages that are there already keep their filling.
ALTER TABLE alohub.customer SET (fillfactor = 45);

-- Looked at by each insert and each update of a customer: the regular expression took 2 µs and 1.3 µs of them. Who writes a phone has
-- asked the numbering plan. NOT VALID, so that no table of millions is read under a lock: what is there has passed the stricter one.
ALTER TABLE alohub.customer DROP CONSTRAINT customer_phone_check;
ALTER TABLE alohub.customer ADD CONSTRAINT customer_phone_check CHECK (left(phone, 3) = '+84' AND octet_length(phone) BETWEEN 10 AND 13) NOT VALID;

SELECT alohub.hand_over();
