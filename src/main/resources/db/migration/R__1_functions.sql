-- Functions that sources call and views use. Re-runnable, as all R__ files: each is run again, whole, when it has changed, while replicas
-- of the version before work and sources insert. So CREATE OR REPLACE only. A function or view that must lose or retype an argument or
-- column is a case for the release after the one that stopped using it: add the new one here, and DROP the old one in a V file then.

-- The insert as a function, names defaulted: SELECT alohub.enqueue_customer(phone => '0868793800', name => 'Bằng');
CREATE OR REPLACE FUNCTION alohub.enqueue_customer(
  phone text DEFAULT NULL, name text DEFAULT NULL, email text DEFAULT NULL, account text DEFAULT 'default',
  source text DEFAULT NULL, source_ref text DEFAULT NULL, priority integer DEFAULT 0, source_version bigint DEFAULT NULL,
  traceparent text DEFAULT NULL) RETURNS bigint
LANGUAGE sql AS $$
  INSERT INTO alohub.customer_outbox (phone, name, email, account, source, source_ref, priority, source_version, traceparent)
  VALUES ($1, $2, $3, coalesce($4, 'default'), $5, $6, least(greatest(coalesce($7, 0), -32768), 32767)::smallint, $8, $9)
  RETURNING id
$$;

-- A phone by its last three digits.
CREATE OR REPLACE FUNCTION alohub.masked(phone text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '***' || CASE WHEN length(digits) > 3 THEN right(digits, 3) ELSE '' END
  FROM regexp_replace(left(phone, 200), '[^0-9]', '', 'g') AS digits
$$;

-- Of one field that a merged row carried: CURRENT (wanted, not yet accepted), DELIVERED (an accepted call carried it),
-- FLYING (replaced, but the call that carries it has not ended) or REPLACED (before an accepted call carried it).
-- flying: the revision in the call; replaced_from, replaced_to: of the entry of replaced_value that holds the row's revision.
CREATE OR REPLACE FUNCTION alohub.value_status(row_revision integer, field_revision integer, delivered integer, flying integer, replaced_from integer, replaced_to integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN field_revision <= row_revision THEN CASE WHEN delivered >= row_revision THEN 'DELIVERED' ELSE 'CURRENT' END
    WHEN replaced_from IS NULL THEN 'DELIVERED'
    WHEN flying BETWEEN replaced_from AND replaced_to THEN 'FLYING'
    ELSE 'REPLACED'
  END
$$;

-- Moves the leases of these customers from their own rows to due, with their tokens, where all that is not accepted at the first attempt
-- stands. The caller holds the customers locked. Those without such a lease stay as they are.
CREATE OR REPLACE FUNCTION alohub.move_leases(customers bigint[]) RETURNS void LANGUAGE sql AS $$
  WITH moved AS (
    UPDATE alohub.customer c SET lease_token = NULL
    FROM alohub.merge_lease l
    WHERE c.id = ANY ($1) AND l.token = c.lease_token
    RETURNING c.id, c.account, c.wanted_revision, l.token, l.leased_at, l.lease_until, l.priority),
  -- As the trigger of due counts them again.
  counted AS (
    INSERT INTO alohub.status_delta (account, sending) SELECT account, -count(*) FROM moved GROUP BY account)
  INSERT INTO alohub.due (customer_id, account, priority, wanted_revision, due_at, lease_token, leased_at, lease_until, sent_revision)
  SELECT id, account, priority, wanted_revision, leased_at, token, leased_at, lease_until, wanted_revision FROM moved
$$;

-- Which branches of outbox_status_of_all are read. Declared immutable, so that the planner asks once and drops the others: it
-- decides how rows are found, not which. Both answers give the same rows, so a plan that was kept gives them too.
CREATE OR REPLACE FUNCTION alohub.few_are_new() RETURNS boolean LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) <= 20000 FROM (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL LIMIT 20001) n
$$;
CREATE OR REPLACE FUNCTION alohub.few_are_open() RETURNS boolean LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*) FROM (SELECT FROM alohub.due LIMIT 20001) d) <= 20000
     AND (SELECT count(*) FROM (SELECT FROM alohub.replaced_value LIMIT 20001) v) <= 20000
     AND (SELECT coalesce(sum(cardinality(customers)), 0) FROM (SELECT customers FROM alohub.merge_lease LIMIT 1000) l) <= 20000
$$;
