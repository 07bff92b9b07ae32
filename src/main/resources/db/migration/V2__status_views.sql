-- What people read: one row per customer, one fate per outbox row. Nothing here is stored.

CREATE VIEW alohub.sync_status AS
SELECT c.id, c.account, c.phone, c.name, c.email,
       CASE
         WHEN d.customer_id IS NULL THEN 'DELIVERED'
         WHEN d.lease_until > clock_timestamp() THEN 'SENDING'
         WHEN d.hold IS NOT NULL THEN 'HELD'
         WHEN d.dead THEN 'DEAD'
         WHEN d.attempts > 0 OR d.lease_token IS NOT NULL THEN 'RETRYING'
         ELSE 'PENDING'
       END AS status,
       c.wanted_revision, c.delivered_revision,
       coalesce(d.attempts, c.attempts) AS attempts,
       CASE WHEN NOT isfinite(d.due_at) THEN NULL
            WHEN d.lease_until > d.due_at THEN d.lease_until
            ELSE d.due_at END AS next_attempt_at,
       d.priority, d.hold AS hold_reason,
       c.last_outcome, c.http_status, c.error, c.delivered_at, c.created_at, c.updated_at
FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id;
COMMENT ON VIEW alohub.sync_status IS 'One row per customer: what the CRM should hold, what it accepted, and why not yet.';

-- Of one field that a merged row said: CURRENT (wanted, not yet accepted), DELIVERED (an accepted call carried it),
-- FLYING (replaced, but the call that carries it has not ended) or REPLACED (before any accepted call carried it).
CREATE FUNCTION alohub.said(row_revision integer, field_revision integer, delivered integer, flying integer, replaced_from integer, replaced_to integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN field_revision <= row_revision THEN CASE WHEN delivered >= row_revision THEN 'DELIVERED' ELSE 'CURRENT' END
    WHEN replaced_from IS NULL THEN 'DELIVERED'
    WHEN flying BETWEEN replaced_from AND replaced_to THEN 'FLYING'
    ELSE 'REPLACED'
  END
$$;

-- A row's fate. MERGED rows share their customer's status until what they said was accepted (DELIVERED) or replaced before
-- that (SUPERSEDED). A row that said only a phone is carried by every call.
CREATE VIEW alohub.outbox_status AS
SELECT o.id, o.account, o.source, o.source_ref, o.phone, fate.status,
       nullif(concat_ws(' ', CASE WHEN fate.status IN ('DEAD', 'RETRYING', 'HELD') THEN coalesce(s.hold_reason, s.error) END, told.english), '') AS reason,
       told.vietnamese AS reason_vi,
       o.reasons AS reason_codes,
       o.customer_id, s.phone AS customer_phone, o.revision, o.priority, o.source_version, o.created_at, o.merged_at
FROM alohub.customer_outbox o
LEFT JOIN alohub.sync_status s ON o.fate = 'MERGED' AND s.id = o.customer_id
LEFT JOIN alohub.customer c ON o.fate = 'MERGED' AND c.id = o.customer_id
LEFT JOIN alohub.due d ON o.fate = 'MERGED' AND d.customer_id = o.customer_id
LEFT JOIN alohub.replaced_value n ON o.says_name AND n.customer_id = o.customer_id AND n.field = 'name'
  AND o.revision BETWEEN n.first_revision AND n.last_revision
LEFT JOIN alohub.replaced_value e ON o.says_email AND e.customer_id = o.customer_id AND e.field = 'email'
  AND o.revision BETWEEN e.first_revision AND e.last_revision
LEFT JOIN LATERAL (
  SELECT CASE WHEN o.says_name THEN
           alohub.said(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END AS name,
         CASE WHEN o.says_email THEN
           alohub.said(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END AS email,
         CASE WHEN NOT o.says_name AND NOT o.says_email THEN
           CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END AS phone
) said ON o.fate = 'MERGED'
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN o.fate IS NULL THEN 'NEW'
    WHEN o.fate <> 'MERGED' THEN o.fate
    WHEN 'CURRENT' IN (said.name, said.email, said.phone) OR 'FLYING' IN (said.name, said.email) THEN
      CASE WHEN s.status = 'DELIVERED' THEN 'PENDING' ELSE s.status END
    WHEN 'DELIVERED' IN (said.name, said.email, said.phone) THEN 'DELIVERED'
    ELSE 'SUPERSEDED'
  END AS status
) fate
LEFT JOIN LATERAL (
  SELECT string_agg(r.code || ': ' || r.english, ' ' ORDER BY t.n) AS english, string_agg(r.vietnamese, ' ' ORDER BY t.n) AS vietnamese
  FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)
) told ON o.reasons IS NOT NULL;
COMMENT ON VIEW alohub.outbox_status IS 'One row per outbox row: its fate and the reason, in plain words.';

CREATE FUNCTION alohub.masked(phone text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '***' || CASE WHEN length(digits) > 3 THEN right(digits, 3) ELSE '' END
  FROM regexp_replace(left(phone, 200), '[^0-9]', '', 'g') AS digits
$$;
CREATE VIEW alohub.sync_status_masked AS
SELECT id, account, alohub.masked(phone) AS phone, status, wanted_revision, delivered_revision, attempts, next_attempt_at, priority,
       last_outcome, http_status, delivered_at, created_at, updated_at
FROM alohub.sync_status;
CREATE VIEW alohub.outbox_status_masked AS
SELECT id, account, source, alohub.masked(phone) AS phone, status, reason_codes, customer_id, revision, priority, created_at, merged_at
FROM alohub.outbox_status;
