-- The rules of phones by which rows were rejected. When a replica starts with others, rejected rows whose phone the rules decide about
-- are new again, some at a time: see the class RejectedPhones.
CREATE TABLE alohub.phone_rules (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one), -- one row
  rules      text,                          -- of the replica that started last; NULL: none has started yet
  changed_at timestamptz,
  walks      smallint NOT NULL DEFAULT 0,   -- that are left: one now, one after the replicas with the old rules are gone
  after_id   bigint NOT NULL DEFAULT 0      -- this walk goes on behind this id
);
COMMENT ON TABLE alohub.phone_rules IS 'The rules of phones in force, and how far rejected rows have been looked at again. The daemon''s.';
INSERT INTO alohub.phone_rules DEFAULT VALUES;

SELECT alohub.hand_over();
