-- Whether the sequence of ids is behind the ids of the outbox: then rows would be taken for older
-- than they are.
SELECT coalesce(pg_sequence_last_value('alohub.customer_outbox_id_seq'::regclass), 0) AS drawn,
       greatest(coalesce((SELECT max(id) FROM alohub.customer_outbox WHERE id <= 2305843009213693951), 0), (SELECT checked FROM alohub.outbox_numbers)) AS highest
