-- How ids become numbers.
SELECT low_until, added, greatest(2305843009213693951, pg_sequence_last_value('alohub.customer_outbox_id_seq'::regclass)) FROM alohub.outbox_numbers
