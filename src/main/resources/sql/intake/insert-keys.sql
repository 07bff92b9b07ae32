-- Keeps the keys of rows that this transaction has written. The caller has locked them, so a row
-- that is there is older than a day.
INSERT INTO alohub.intake_key AS old (key, payload, row_id)
SELECT key, payload, row_id FROM unnest(:keys::text[], :payloads::text[], :rows::bigint[]) AS entry (key, payload, row_id)
ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, row_id = excluded.row_id, created_at = excluded.created_at
