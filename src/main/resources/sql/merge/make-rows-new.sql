-- Rows that were rejected before their account was registered are new again. What each
-- carries is known to have been read once (R__5_outbox_numbers.sql).
UPDATE alohub.customer_outbox SET merge_status = NULL, reasons = NULL, merged_at = NULL, carries_name = false
WHERE id = ANY (ARRAY(
  SELECT o.id FROM unnest(:accounts::text[]) AS known (name) CROSS JOIN LATERAL (
    SELECT id FROM alohub.customer_outbox
    -- The index of rows with an unknown account has the same expression.
    WHERE merge_status = 'REJECTED' AND reasons = '{account.unknown}' AND coalesce(nullif(btrim(left(account, 100), E' \t\n\r'), ''), 'default') = known.name
    LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED) o))
