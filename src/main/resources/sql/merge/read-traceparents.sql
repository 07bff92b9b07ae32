-- What these rows say, cut at one character more than a valid traceparent may have.
SELECT id, left(traceparent, 56) FROM alohub.customer_outbox WHERE id = ANY (:ids) AND traceparent IS NOT NULL
