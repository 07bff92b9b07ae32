-- The way in over HTTP. Its rows are ordinary outbox rows; only what makes a repeated request harmless is kept beside them.

-- One row per Idempotency-Key of the last 24 hours, written in the transaction of the outbox row that its request wrote.
CREATE TABLE alohub.intake_key (
  key        text PRIMARY KEY,   -- a digest of source and key: no content of a client's
  payload    text NOT NULL,      -- a digest of what the request said
  row_id     bigint NOT NULL,    -- its outbox row; no foreign key: the row may be purged first
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE alohub.intake_key IS 'Idempotency keys of the last 24 hours, as digests. The daemon''s.';
CREATE INDEX intake_key_created ON alohub.intake_key (created_at);
