-- Looks at the next rows of the pass, in the order of ids, and deletes those that are final and
-- old.
WITH moment AS MATERIALIZED (
  SELECT clock_timestamp() - make_interval(secs => :old) AS old, clock_timestamp() - make_interval(secs => :carried) AS carried),
page AS MATERIALIZED (
  -- No row costs more than bounded look-ups: of its customer, of one replaced_value per field, and
  -- once per customer of its last attempts.
  SELECT id, merge_status, customer_id, revision, carries_name, carries_email, reasons, merged_at FROM alohub.customer_outbox
  WHERE id > :after ORDER BY id LIMIT :limit),
-- A row's age counts from the merge.
aged AS MATERIALIZED (SELECT * FROM page WHERE merged_at < (SELECT old FROM moment)),
-- A row that an accepted call has delivered must have been delivered a while ago too ("carried"),
-- so that a row which waited for a person longer than rows are kept is not deleted in the moment of
-- its delivery. The last acceptance of the customer decides if it is old; else the revision that
-- was accepted last before "carried" (revisions only grow).
before AS MATERIALIZED (
  SELECT c.id, (
    SELECT max(a.revision) FROM (
      SELECT outcome, revision, started_at, account FROM alohub.delivery_attempt
      WHERE phone = c.phone ORDER BY id DESC LIMIT 2000) a
    WHERE a.account = c.account AND a.outcome = 'ACCEPTED' AND a.started_at < (SELECT carried FROM moment)) AS revision
  FROM alohub.customer c
  WHERE c.id = ANY (ARRAY(SELECT DISTINCT customer_id FROM aged WHERE merge_status = 'MERGED'))
    AND c.delivered_at >= (SELECT carried FROM moment)),
-- As in outbox_status. A status that is final stays so: it may be read first and the row locked
-- afterwards.
over AS MATERIALIZED (
  SELECT o.id FROM aged o
  LEFT JOIN alohub.customer c ON o.merge_status = 'MERGED' AND c.id = o.customer_id
  LEFT JOIN alohub.due d ON o.merge_status = 'MERGED' AND d.customer_id = o.customer_id
  LEFT JOIN LATERAL (
    SELECT first_revision, last_revision FROM alohub.replaced_value v
    WHERE o.carries_name AND v.customer_id = o.customer_id AND v.field = 'name' AND v.first_revision <= o.revision
    ORDER BY v.first_revision DESC LIMIT 1) n ON n.last_revision >= o.revision
  LEFT JOIN LATERAL (
    SELECT first_revision, last_revision FROM alohub.replaced_value v
    WHERE o.carries_email AND v.customer_id = o.customer_id AND v.field = 'email' AND v.first_revision <= o.revision
    ORDER BY v.first_revision DESC LIMIT 1) e ON e.last_revision >= o.revision
  CROSS JOIN LATERAL (
    SELECT ARRAY[
      CASE WHEN o.carries_name THEN
        alohub.value_status(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END,
      CASE WHEN o.carries_email THEN
        alohub.value_status(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END,
      CASE WHEN NOT o.carries_name AND NOT o.carries_email THEN
        CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END] AS values) carries
  WHERE CASE
    WHEN o.merge_status IN ('SUPERSEDED', 'UNCHANGED') THEN true
    WHEN o.merge_status = 'REJECTED' THEN NOT 'account.unknown' = ANY (o.reasons)
    WHEN o.merge_status <> 'MERGED' OR carries.values && ARRAY['CURRENT', 'FLYING'] THEN false
    WHEN NOT carries.values && ARRAY['DELIVERED'] OR c.delivered_at < (SELECT carried FROM moment) THEN true
    ELSE coalesce((SELECT before.revision >= o.revision FROM before WHERE before.id = o.customer_id), false)
    END),
-- Rows that another transaction has locked are left until the next pass. A rejected row that was
-- made new since it was read above has no time of its merge any more.
gone AS (
  DELETE FROM alohub.customer_outbox WHERE id = ANY (ARRAY(
    SELECT id FROM alohub.customer_outbox
    WHERE id = ANY (ARRAY(SELECT id FROM over)) AND merged_at < (SELECT old FROM moment) FOR UPDATE SKIP LOCKED))
  RETURNING id)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM page), (SELECT max(id) FROM page)
