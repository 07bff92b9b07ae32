-- Moves customers to due whose lease has ended without a settlement: a claim finds them there. A
-- lease without customers is deleted. In no order: leases whose customers another transaction has
-- locked must not stand before the others for ever. As many leases as have 2,000 customers: a
-- replica that is gone leaves a few large ones, or hundreds of one customer.
WITH ended AS MATERIALIZED (
  SELECT token, customers FROM alohub.merge_lease WHERE token = ANY (ARRAY(
    SELECT token FROM (
      SELECT token, sum(cardinality(customers)) OVER (ORDER BY random()) - cardinality(customers) AS before FROM alohub.merge_lease
      WHERE account = :account AND lease_until <= (SELECT clock_timestamp())) l
    WHERE l.before < 2000)) FOR UPDATE SKIP LOCKED),
held AS MATERIALIZED (
  SELECT c.id, e.token FROM ended e CROSS JOIN LATERAL unnest(e.customers) AS n (id)
  JOIN alohub.customer c ON c.id = n.id AND c.lease_token = e.token),
gone AS (
  DELETE FROM alohub.merge_lease WHERE token = ANY (ARRAY(
    SELECT e.token FROM ended e WHERE NOT EXISTS (SELECT FROM held h WHERE h.token = e.token)))),
-- A customer that another transaction has locked keeps its lease for another round.
free AS MATERIALIZED (
  SELECT id FROM alohub.customer WHERE id = ANY (ARRAY(SELECT id FROM held)) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
-- No row: none could be moved.
SELECT alohub.move_leases(ARRAY(SELECT id FROM free)), ARRAY(SELECT DISTINCT token FROM held) FROM (SELECT FROM free LIMIT 1) AS any_free
