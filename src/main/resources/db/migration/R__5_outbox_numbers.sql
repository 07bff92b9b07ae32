-- How ids of customer_outbox become numbers, and what is done where ids start again: see the table outbox_numbers.

-- The id of the row that has this number.
CREATE OR REPLACE FUNCTION alohub.outbox_id(number bigint, numbers alohub.outbox_numbers) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE WHEN number > numbers.added AND number <= numbers.added + numbers.low_until THEN number - numbers.added ELSE number END;
END $$;

-- The highest id that a source may have drawn. Beyond it only a program can have set one: such a row counts as the oldest, and the
-- sequence is not moved there, so that it keeps as many ids as it ever needs (2^61 - 1, OutboxNumbers.HIGHEST_SET).
CREATE OR REPLACE FUNCTION alohub.outbox_highest_drawn() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT greatest(2305843009213693951, s.last_value) FROM alohub.customer_outbox_id_seq s;
$$;

-- Asked by each merge, with its rows locked. Not sound: no row may be merged before check_outbox_numbers().
-- merged: the highest number that the asking replica has merged, since so many restarts; newest: the highest id of its new rows.
-- As the owner of the schema, since who works with it has no rights on the sequence.
CREATE OR REPLACE FUNCTION alohub.outbox_row_numbers(merged bigint, since_restarts integer, newest bigint,
  OUT sound boolean, OUT low_until bigint, OUT added bigint, OUT restarts integer, OUT drawn bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  SELECT n.low_until, n.added, n.restarts, greatest(2305843009213693951, s.last_value),
         n.sequence_file = pg_relation_filenode('alohub.customer_outbox_id_seq')
           AND s.last_value >= greatest(k.known, newest)
           AND (k.known = n.checked OR ( -- no EXISTS: the planner might read the whole outbox, to answer it for many rows at once
             SELECT o.merge_status IS NOT NULL OR o.carries_name IS NOT NULL -- once merged: a rejected row may be new again
             FROM alohub.customer_outbox o -- by the id of that number
             WHERE o.id = CASE WHEN k.known > n.added AND k.known <= n.added + n.low_until THEN k.known - n.added ELSE k.known END) IS TRUE)
  INTO low_until, added, restarts, drawn, sound
  FROM alohub.outbox_numbers n, alohub.customer_outbox_id_seq s,
       LATERAL (SELECT greatest(n.highest, CASE WHEN n.restarts = since_restarts THEN merged END) AS known OFFSET 0) k;
END $$;

-- Moves each sequence of an identity above the ids that its table holds: logical replication brings rows and no sequence, and the next
-- insert would meet one of them. The outbox's own is check_outbox_numbers()'. A table that somebody has locked is left for the next time:
-- the merge waits for this.
CREATE OR REPLACE FUNCTION alohub.raise_sequences() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_seqscan = on SET lock_timeout = '20ms' AS $$
DECLARE
  one record;
  top bigint;
  last bigint;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS place, a.attname AS id, pg_get_serial_sequence(c.oid::regclass::text, a.attname) AS sequence
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'alohub'::regnamespace AND a.attidentity <> '' AND c.oid <> 'alohub.customer_outbox'::regclass
  LOOP
    BEGIN
      EXECUTE format('SELECT coalesce(max(%I), 0) FROM %s', one.id, one.place) INTO top;
      EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM %s', one.sequence) INTO last; -- after top: never behind it by itself
      IF last < top THEN
        PERFORM setval(one.sequence, top);
      END IF;
    EXCEPTION WHEN lock_not_available THEN
      NULL;
    END;
  END LOOP;
END $$;

-- Finds out whether ids have started again, and moves the sequence where that is needed. One at a time.
-- moved_to: null where it was not; above: the highest number of the rows before, if ids started again.
CREATE OR REPLACE FUNCTION alohub.check_outbox_numbers(merged bigint, since_restarts integer, OUT moved_to bigint, OUT above bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_seqscan = on AS $$
DECLARE
  n alohub.outbox_numbers;
  file oid := pg_relation_filenode('alohub.customer_outbox_id_seq');
  top bigint;      -- the highest id in the outbox
  last bigint;     -- the last id that was drawn
  known bigint;    -- the highest number that is known to be merged
  kept boolean;    -- the outbox still holds the row of that number; later: or one of the thousand before it
  carried bigint;  -- the highest number that a customer's value has
  drawn bigint;
  next_old bigint;
BEGIN
  PERFORM alohub.raise_sequences();
  SELECT coalesce(max(id), 0) INTO top FROM alohub.customer_outbox WHERE id <= 2305843009213693951; -- see outbox_highest_drawn()
  SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END INTO last FROM alohub.customer_outbox_id_seq; -- after top: never behind it by itself
  SELECT * INTO n FROM alohub.outbox_numbers;
  known := greatest(n.highest, CASE WHEN n.restarts = since_restarts THEN merged END);
  kept := known = n.checked OR EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id = alohub.outbox_id(known, n) AND (o.merge_status IS NOT NULL OR o.carries_name IS NOT NULL));
  IF coalesce(n.sequence_file = file AND last >= greatest(known, top) AND kept, false) THEN
    UPDATE alohub.outbox_numbers u SET highest = known, checked_at = pg_snapshot_xmax(pg_current_snapshot())
    WHERE u.one AND u.highest < known AND u.restarts = n.restarts;
    RETURN;
  END IF;

  -- A token is never used again.
  PERFORM setval('alohub.lease_token', greatest(nextval('alohub.lease_token'), (SELECT max(token) FROM alohub.merge_lease),
                                                (SELECT max(lease_token) FROM alohub.due)));
  INSERT INTO alohub.outbox_numbers (sequence_file, highest, checked) VALUES (0, 0, 0) ON CONFLICT DO NOTHING;
  SELECT * INTO n FROM alohub.outbox_numbers FOR UPDATE; -- another replica may just have done it
  SELECT coalesce(max(id), 0) INTO top FROM alohub.customer_outbox WHERE id <= 2305843009213693951; -- see outbox_highest_drawn()
  SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END INTO last FROM alohub.customer_outbox_id_seq;
  SELECT coalesce(greatest(max(name_row), max(email_row)), 0) INTO carried FROM alohub.customer;
  IF carried = 1 THEN
    carried := least(1, last); -- it may be of an id that was not drawn
  END IF;
  known := greatest(n.highest, carried, CASE WHEN n.restarts = since_restarts THEN merged END);
  kept := EXISTS (SELECT FROM alohub.customer_outbox o WHERE o.id BETWEEN alohub.outbox_id(known, n) - 1000 AND alohub.outbox_id(known, n)
                  AND (o.merge_status IS NOT NULL OR o.carries_name IS NOT NULL));

  -- Behind: certain. Beyond the old numbers again: the last rows that were merged are gone, and either the sequence is another one, or
  -- rows of later transactions lie below. (A person may delete the newest row, or all that are merged: a row of a transaction that
  -- was open meanwhile, or one that waits behind more urgent ones, lies below as well, and is older.)
  IF last < known
     OR (NOT kept AND known > 0
         AND (n.sequence_file <> file
           OR (known <> n.checked AND EXISTS (
             SELECT FROM alohub.customer_outbox o WHERE o.merge_status IS NULL AND o.id > 0 AND o.id <= known
               AND age(o.xmin) <= pg_current_xact_id()::text::bigint - n.checked_at::text::bigint)))) THEN
    above := greatest(known, top);
    -- One statement: what it sees above the id that it draws was there before, so it is of the old numbering. Sessions that draw ids
    -- between this and the move, as one that inserts millions of rows does, draw some of the next million.
    WITH d AS MATERIALIZED (SELECT nextval('alohub.customer_outbox_id_seq') AS id)
    SELECT d.id, (SELECT min(o.id) FROM alohub.customer_outbox o WHERE o.id > d.id) INTO drawn, next_old FROM d;
    drawn := least((SELECT s.last_value FROM alohub.customer_outbox_id_seq s) + 1000000, next_old - 1);
    moved_to := above + drawn;
    UPDATE alohub.outbox_numbers u SET sequence_file = file, highest = above, checked = above, checked_at = pg_snapshot_xmax(pg_current_snapshot()), low_until = drawn, added = above, restarts = u.restarts + 1;
    PERFORM setval('alohub.customer_outbox_id_seq', moved_to);
  ELSE
    UPDATE alohub.outbox_numbers u SET sequence_file = file, highest = known, checked = known, checked_at = pg_snapshot_xmax(pg_current_snapshot());
    IF last < top THEN -- rows that came with ids of their own, by logical replication for one: the next insert would meet them
      moved_to := top;
      PERFORM setval('alohub.customer_outbox_id_seq', top);
    END IF;
  END IF;
END $$;
