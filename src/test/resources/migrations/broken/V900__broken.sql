-- That table exists.
CREATE TABLE alohub.customer (id bigint PRIMARY KEY);
