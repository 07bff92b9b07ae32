-- A settle rewrites its customer, and in a backlog it rewrites all customers of a page in one transaction. With 55 two of five did not
-- fit beside the old ones, and each of them paid for entries in two indices. Pages that are there already keep their filling.
ALTER TABLE alohub.customer SET (fillfactor = 45);

SELECT alohub.hand_over();
