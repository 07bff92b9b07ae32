-- Which trace of the source's a row belongs to (W3C Trace Context: 00-<trace id>-<span id>-<flags>). Whatever else is in it is ignored.
ALTER TABLE alohub.customer_outbox ADD COLUMN traceparent text;
-- Of the newest row that said one, among those that caused the wanted revision. Written and read only by replicas that trace.
ALTER TABLE alohub.due ADD COLUMN traceparent text;

-- One function, not two of which a call with names could mean either. Calls without a traceparent stay as they are.
DROP FUNCTION alohub.enqueue_customer(text, text, text, text, text, text, integer, bigint);
CREATE FUNCTION alohub.enqueue_customer(
  phone text DEFAULT NULL, name text DEFAULT NULL, email text DEFAULT NULL, account text DEFAULT 'default',
  source text DEFAULT NULL, source_ref text DEFAULT NULL, priority integer DEFAULT 0, source_version bigint DEFAULT NULL,
  traceparent text DEFAULT NULL) RETURNS bigint
LANGUAGE sql AS $$
  INSERT INTO alohub.customer_outbox (phone, name, email, account, source, source_ref, priority, source_version, traceparent)
  VALUES ($1, $2, $3, coalesce($4, 'default'), $5, $6, least(greatest(coalesce($7, 0), -32768), 32767)::smallint, $8, $9)
  RETURNING id
$$;

-- A writer may say it too. The function as it is, whichever migration wrote it last, with one column more.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('alohub.grant_rights()'::regprocedure), 'source_ref, source_version, priority', 'source_ref, source_version, traceparent, priority');
END $$;

SELECT alohub.hand_over();
