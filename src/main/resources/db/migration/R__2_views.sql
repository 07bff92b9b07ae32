-- What people read. Nothing here is stored. A view is replaced as it is: columns may be added at its end, not taken away or retyped (see
-- R__1_functions.sql). Sources write through customer_inbox, so it comes last: its lock is the shortest.

-- Customers that are leased as they were merged.
CREATE OR REPLACE VIEW alohub.merge_leased AS
SELECT c.id AS customer_id, l.leased_at, l.lease_until, l.priority
FROM alohub.merge_lease l
CROSS JOIN LATERAL unnest(l.customers) AS n (customer_id)
JOIN alohub.customer c ON c.id = n.customer_id AND c.lease_token = l.token;

-- Customers at rest are read from customer, all others from due or merge_leased. A branch whose status is a constant is skipped by the planner
-- where another one is asked for. No branch has a WHERE of its own: only so are they one table to the planner, with an order
-- that an index gives. (Its condition is the column "mine".) The time is the statement's, the same in all branches.
CREATE OR REPLACE VIEW alohub.sync_status AS
SELECT c.id, c.account, c.phone, c.name, c.email, s.status, c.wanted_revision, c.delivered_revision,
       coalesce(s.attempts, c.attempts) AS attempts,
       CASE WHEN NOT isfinite(s.due_at) THEN NULL
            WHEN s.lease_until > s.due_at THEN s.lease_until
            ELSE s.due_at END AS next_attempt_at,
       s.priority, s.hold AS hold_reason,
       c.last_outcome, c.http_status, c.error, c.delivered_at, c.created_at, c.updated_at
FROM (
  SELECT c.id AS customer_id, 'DELIVERED'::text AS status, NULL::integer AS attempts, NULL::timestamptz AS due_at,
         NULL::timestamptz AS lease_until, NULL::smallint AS priority, NULL::text AS hold,
         NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = c.id) AND c.lease_token IS NULL AS mine
  FROM alohub.customer c
  UNION ALL
  SELECT d.customer_id, 'PENDING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_token IS NULL
  FROM alohub.due d
  UNION ALL
  SELECT d.customer_id, 'SENDING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_until > statement_timestamp()
  FROM alohub.due d
  UNION ALL
  -- The lease ended without a settlement
  SELECT d.customer_id, 'RETRYING', d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         NOT (d.dead OR d.hold IS NOT NULL OR d.attempts > 0) AND d.lease_until <= statement_timestamp()
  FROM alohub.due d
  UNION ALL
  -- Those in the index due_trouble
  SELECT d.customer_id,
         CASE WHEN d.lease_until > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD' ELSE 'RETRYING' END,
         d.attempts, d.due_at, d.lease_until, d.priority, d.hold,
         d.dead OR d.hold IS NOT NULL OR d.attempts > 0
  FROM alohub.due d
  UNION ALL
  SELECT l.customer_id, 'SENDING', 0, l.leased_at, l.lease_until, l.priority, NULL, l.lease_until > statement_timestamp()
  FROM alohub.merge_leased l
  UNION ALL
  SELECT l.customer_id, 'RETRYING', 0, l.leased_at, l.lease_until, l.priority, NULL, l.lease_until <= statement_timestamp()
  FROM alohub.merge_leased l
) s
JOIN alohub.customer c ON c.id = s.customer_id
WHERE s.mine;
COMMENT ON VIEW alohub.sync_status IS 'One row per customer: what the CRM should hold, what it accepted, and why not yet.';

-- Rows, and before their own columns the status that each has if it is merged: that of its customer until what the row carried was
-- accepted (DELIVERED) or replaced before that (SUPERSEDED). A row that carried only a phone is delivered by every call. At most one of
-- replaced_value's entries holds a revision.
CREATE OR REPLACE VIEW alohub.outbox_merged AS
SELECT (SELECT CASE
         WHEN 'CURRENT' IN (carried.name, carried.email, carried.phone) OR 'FLYING' IN (carried.name, carried.email) THEN CASE
           WHEN coalesce(d.lease_until, l.lease_until) > statement_timestamp() THEN 'SENDING' WHEN d.hold IS NOT NULL THEN 'HELD' WHEN d.dead THEN 'DEAD'
           WHEN d.attempts > 0 OR d.lease_token IS NOT NULL OR c.lease_token IS NOT NULL THEN 'RETRYING' ELSE 'PENDING' END
         WHEN 'DELIVERED' IN (carried.name, carried.email, carried.phone) THEN 'DELIVERED'
         ELSE 'SUPERSEDED' END
       FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id
       LEFT JOIN alohub.merge_lease l ON l.token = c.lease_token
       LEFT JOIN LATERAL (
         SELECT first_revision, last_revision FROM alohub.replaced_value v
         WHERE o.carries_name AND v.customer_id = o.customer_id AND v.field = 'name' AND v.first_revision <= o.revision
         ORDER BY v.first_revision DESC LIMIT 1) n ON n.last_revision >= o.revision
       LEFT JOIN LATERAL (
         SELECT first_revision, last_revision FROM alohub.replaced_value v
         WHERE o.carries_email AND v.customer_id = o.customer_id AND v.field = 'email' AND v.first_revision <= o.revision
         ORDER BY v.first_revision DESC LIMIT 1) e ON e.last_revision >= o.revision
       CROSS JOIN LATERAL (
         SELECT CASE WHEN o.carries_name THEN
                  alohub.value_status(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END AS name,
                CASE WHEN o.carries_email THEN
                  alohub.value_status(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END AS email,
                CASE WHEN NOT o.carries_name AND NOT o.carries_email THEN
                  CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END AS phone) carried
       WHERE c.id = o.customer_id) AS merged_status, o.*
FROM alohub.customer_outbox o;

-- A row's status; whose rows a reader sees, outbox_status decides. Built like sync_status. Rows that are merged are all delivered, but
-- for those of customers in due or replaced_value. While these are few, their rows are found by them; while they are many, each row is
-- looked at, also for a status that no merged row has. Who asks for merge_status gets one branch, whatever is open: it is a constant too.
CREATE OR REPLACE VIEW alohub.outbox_status_of_all AS
SELECT o.id, o.account, o.source, left(o.source_ref, 500) COLLATE "C" AS source_ref, o.phone, o.status,
       CASE WHEN o.status IN ('DEAD', 'RETRYING', 'HELD') OR o.reasons IS NOT NULL THEN nullif(concat_ws(' ',
         CASE WHEN o.status IN ('DEAD', 'RETRYING', 'HELD') THEN
           (SELECT coalesce(d.hold, c.error) FROM alohub.customer c LEFT JOIN alohub.due d ON d.customer_id = c.id WHERE c.id = o.customer_id) END,
         CASE WHEN o.reasons IS NOT NULL THEN
           (SELECT string_agg(r.code || ': ' || r.english, ' ' ORDER BY t.n)
            FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)) END,
         CASE WHEN o.status = 'REJECTED' AND 'account.unknown' = ANY (o.reasons) THEN
           (SELECT 'Accounts: ' || coalesce(string_agg(a.name, ', ' ORDER BY a.name), '-') || '.' FROM alohub.account a WHERE a.seen_at IS NOT NULL) END), '') END AS reason,
       CASE WHEN o.reasons IS NOT NULL THEN nullif(concat_ws(' ',
         (SELECT string_agg(r.vietnamese, ' ' ORDER BY t.n) FROM unnest(o.reasons) WITH ORDINALITY AS t (code, n) JOIN alohub.reason r USING (code)),
         CASE WHEN o.status = 'REJECTED' AND 'account.unknown' = ANY (o.reasons) THEN
           (SELECT 'Các tài khoản hiện có: ' || coalesce(string_agg(a.name, ', ' ORDER BY a.name), '-') || '.' FROM alohub.account a WHERE a.seen_at IS NOT NULL) END), '') END AS reason_vi,
       o.reasons AS reason_codes,
       o.customer_id,
       (SELECT c.phone FROM alohub.customer c WHERE c.id = o.customer_id) AS customer_phone,
       o.revision, o.priority, o.source_version, o.created_at, o.merged_at, o.written_by, o.merged_as AS merge_status
FROM (
  -- While they are few, and while they are many
  SELECT 'NEW'::text AS status, true AS mine, NULL::text AS merged_as, NULL::text AS merged_status, o.* FROM alohub.customer_outbox o
  WHERE o.merge_status IS NULL AND alohub.few_are_new()
  UNION ALL
  SELECT 'NEW', o.merge_status IS NULL AND NOT alohub.few_are_new(), NULL, NULL, o.* FROM alohub.customer_outbox o
  UNION ALL
  SELECT 'REJECTED', o.merge_status = 'REJECTED', 'REJECTED', NULL, o.* FROM alohub.customer_outbox o
  UNION ALL
  SELECT 'SUPERSEDED', o.merge_status = 'SUPERSEDED', 'SUPERSEDED', NULL, o.* FROM alohub.customer_outbox o
  UNION ALL
  SELECT 'UNCHANGED', o.merge_status = 'UNCHANGED', 'UNCHANGED', NULL, o.* FROM alohub.customer_outbox o
  UNION ALL
  -- Of customers at rest that never had a value replaced
  SELECT 'DELIVERED',
         o.merge_status = 'MERGED' AND alohub.few_are_open()
           AND NOT EXISTS (SELECT FROM alohub.due d WHERE d.customer_id = o.customer_id)
           AND NOT EXISTS (SELECT FROM alohub.replaced_value v WHERE v.customer_id = o.customer_id)
           AND NOT EXISTS (SELECT FROM alohub.merge_leased l WHERE l.customer_id = o.customer_id),
         'MERGED', NULL, o.*
  FROM alohub.customer_outbox o
  UNION ALL
  -- Of the other customers, while these are few
  SELECT o.merged_status, true, 'MERGED', o.* FROM alohub.outbox_merged o
  WHERE o.merge_status = 'MERGED' AND alohub.few_are_open()
    AND o.customer_id IN (SELECT customer_id FROM alohub.due UNION SELECT customer_id FROM alohub.replaced_value
                          UNION SELECT customer_id FROM alohub.merge_leased)
  UNION ALL
  -- Of all customers, while the others are many
  SELECT o.merged_status, o.merge_status = 'MERGED' AND NOT alohub.few_are_open(), 'MERGED', o.* FROM alohub.outbox_merged o
) o
WHERE o.mine;

-- Who may read all customers sees all rows; everybody else sees those that its own user wrote. What is personal is null in the
-- rows of others, wherever a condition of the reader's looks at it before this one.
CREATE OR REPLACE VIEW alohub.outbox_status AS
SELECT o.id, o.account, o.source, o.source_ref,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.phone END AS phone,
       o.status,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.reason END AS reason,
       o.reason_vi, o.reason_codes, o.customer_id,
       CASE WHEN o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT')) THEN o.customer_phone END AS customer_phone,
       o.revision, o.priority, o.source_version, o.created_at, o.merged_at, o.written_by, o.merge_status
FROM alohub.outbox_status_of_all o
WHERE o.written_by = session_user OR (SELECT has_table_privilege('alohub.sync_status'::regclass, 'SELECT'));
COMMENT ON VIEW alohub.outbox_status IS 'One row per outbox row: its status and the reason, in plain words.';

CREATE OR REPLACE VIEW alohub.sync_status_masked AS
SELECT id, account, alohub.masked(phone) AS phone, status, wanted_revision, delivered_revision, attempts, next_attempt_at, priority,
       last_outcome, http_status, delivered_at, created_at, updated_at
FROM alohub.sync_status;
CREATE OR REPLACE VIEW alohub.outbox_status_masked AS
SELECT id, account, source, alohub.masked(phone) AS phone, status, reason_codes, customer_id, revision, priority, created_at, merged_at, merge_status
FROM alohub.outbox_status_of_all;

-- One row per account; needs_vi is the remedy in Vietnamese, for who refuses the account, as far as an answer says.
CREATE OR REPLACE VIEW alohub.account_status AS
SELECT name AS account, state AS state, state_since AS since, state_until AS until, state_by AS by, state_reason AS reason, state_needs AS needs,
       CASE WHEN state_needs IS NULL THEN NULL
            WHEN state = 'PAUSED' THEN 'Chạy SELECT alohub.resume(''' || name || ''') để gửi tiếp.'
            WHEN state = 'THROTTLED' THEN 'Không cần làm gì: hết thời gian tạm dừng, hệ thống tự gửi tiếp.'
            ELSE CASE coalesce(trip_cause, CASE state WHEN 'KEY_REJECTED' THEN 'KEY' WHEN 'BLOCKED' THEN 'FIREWALL' WHEN 'MISCONFIGURED' THEN 'ENDPOINT' WHEN 'UNREACHABLE' THEN 'CONNECTION' END)
              WHEN 'KEY' THEN 'Thay khóa API (tệp alohub.api-key-file được tự động đọc lại), hoặc đề nghị Alohub cấp quyền contacts cho khóa này.'
              WHEN 'ENDPOINT' THEN 'Kiểm tra và sửa lại alohub.base-url.'
              WHEN 'PAYMENT' THEN 'Thanh toán cho tài khoản Alohub, hoặc hỏi Alohub xem còn khoản nào chưa thanh toán; sau đó hệ thống tự gửi tiếp.'
              WHEN 'CONTRACT' THEN 'Hỏi Alohub xem API nhận khách hàng có thay đổi không, hỏi người quản trị proxy (nếu có) xem proxy có làm thay đổi yêu cầu không; kiểm tra alohub.base-url.'
              WHEN 'FIREWALL' THEN 'Đề nghị bên quản lý tường lửa hoặc CDN đứng trước Alohub cho phép các yêu cầu gửi từ địa chỉ của máy chủ này; nguyên nhân không phải do khóa API.'
              WHEN 'CONNECTION' THEN 'Kiểm tra alohub.base-url, DNS, tường lửa và proxy, và chứng chỉ TLS nếu lý do nêu chứng chỉ.'
              WHEN 'FAILING' THEN 'Không cần làm gì: hệ thống tự gửi thử và tự gửi tiếp khi Alohub hoạt động lại. Nếu kéo dài, hãy hỏi Alohub.'
              WHEN 'REFUSALS' THEN 'So sánh dữ liệu gửi đi với dữ liệu mà Alohub yêu cầu (alohub.phone-format, alohub.base-url); sau đó chạy SELECT alohub.resume(''' || name || '''), hoặc đợi đến khi một lần gửi thử được chấp nhận.'
              END
            END AS needs_vi,
       CASE WHEN state IN ('KEY_REJECTED', 'MISCONFIGURED', 'BLOCKED', 'UNREACHABLE') THEN probe_at END AS next_probe_at,
       learned_rate, cardinality(refused_keys) AS refused_keys, seen_at
FROM alohub.account;
COMMENT ON VIEW alohub.account_status IS 'One row per account: whether calls are sent to Alohub, since when, until when, why not, and what it needs.';

-- Customers by account and status, from the counters.
CREATE OR REPLACE VIEW alohub.status_counts AS
SELECT sums.account, of_status.status, of_status.customers::bigint AS customers
FROM (
  SELECT account, sum(pending) AS pending, sum(sending) AS sending, sum(retrying) AS retrying, sum(dead) AS dead, sum(held) AS held,
         sum(customers) AS customers
  FROM (SELECT account, pending, sending, retrying, dead, held, customers FROM alohub.status_count
        UNION ALL
        SELECT account, pending, sending, retrying, dead, held, customers FROM alohub.status_delta) counted
  GROUP BY account
) sums
CROSS JOIN LATERAL (VALUES
  ('PENDING', pending), ('SENDING', sending), ('RETRYING', retrying), ('DEAD', dead), ('HELD', held),
  ('DELIVERED', customers - pending - sending - retrying - dead - held)
) of_status (status, customers);
COMMENT ON VIEW alohub.status_counts IS 'Customers by account and status, from counters. alohub.recount() rebuilds them.';

-- The inbox, for those who can't leave the id out: an ORM, a foreign table. Its trigger accepts and ignores an id.
CREATE OR REPLACE VIEW alohub.customer_inbox WITH (security_barrier = true) AS
SELECT id, account, phone, name, email, source, source_ref, source_version, priority, created_at, traceparent
FROM alohub.customer_outbox WHERE written_by = session_user;
COMMENT ON VIEW alohub.customer_inbox IS 'Insert here if you must name an id: it is ignored, and the id of the outbox row is returned. Shows your own rows.';
