-- Looks at the next attempts of the pass, in the order of ids, and deletes the old ones.
WITH moment AS MATERIALIZED (
  SELECT clock_timestamp() - make_interval(secs => :old) AS old, clock_timestamp() - make_interval(secs => :carried) AS carried),
page AS MATERIALIZED (
  SELECT id, started_at FROM alohub.delivery_attempt WHERE id > :after ORDER BY id LIMIT :limit),
aged AS MATERIALIZED (SELECT * FROM page WHERE started_at < (SELECT old FROM moment)),
over AS (SELECT id FROM aged),
-- Attempts that another transaction has locked are left until the next pass.
gone AS (
  DELETE FROM alohub.delivery_attempt WHERE id = ANY (ARRAY(
    SELECT id FROM alohub.delivery_attempt WHERE id = ANY (ARRAY(SELECT id FROM over)) FOR UPDATE SKIP LOCKED))
  RETURNING id)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM page), (SELECT max(id) FROM page)
