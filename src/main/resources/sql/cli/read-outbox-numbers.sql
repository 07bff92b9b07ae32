-- How ids become numbers.
SELECT low_until, added FROM alohub.outbox_numbers
