-- How far the purge of each history has come. All replicas share a row's turn: whoever has it locked purges, the others pass by.
CREATE TABLE alohub.retention (
  history  text PRIMARY KEY CHECK (history IN ('customer_outbox', 'delivery_attempt')),
  after_id bigint NOT NULL DEFAULT 0,        -- the walk goes on behind this id; 0: it begins anew
  next_at  timestamptz NOT NULL DEFAULT clock_timestamp() -- no batch before this, whoever's it is
);
COMMENT ON TABLE alohub.retention IS 'How far the purge of old rows and attempts has come; the settings alohub.retention say what is old.';
INSERT INTO alohub.retention (history) VALUES ('customer_outbox'), ('delivery_attempt');

-- To cut empty pages off a table's end, vacuum locks everybody out for a moment. New rows take the space anyway.
ALTER TABLE alohub.customer_outbox SET (vacuum_truncate = false);
ALTER TABLE alohub.delivery_attempt SET (vacuum_truncate = false);

SELECT alohub.hand_over();
