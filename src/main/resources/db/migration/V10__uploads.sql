-- Files that operations people upload in the console. The file lies here in pieces until it is imported, so that any replica can work on it
-- and a restart loses nothing; then it is deleted.

CREATE TABLE alohub.upload (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  state        text NOT NULL DEFAULT 'UPLOADING' CHECK (state IN ('UPLOADING', 'UPLOADED', 'PREVIEWING', 'PREVIEWED', 'CONFIRMED', 'IMPORTING',
                 'DONE', 'FAILED', 'CANCELLED')),
  person       text NOT NULL,
  name         text NOT NULL,                    -- of the file
  account      text NOT NULL,
  source       text NOT NULL,
  sheet        text NOT NULL,                    -- of a workbook; empty: the first that is not hidden
  columns      jsonb NOT NULL,                   -- heading or letter by field, as a person named them
  size         bigint NOT NULL DEFAULT 0,
  digest       text,                             -- SHA-256 of the file
  preview      jsonb,                            -- figures, and examples with masked phones
  previews     integer NOT NULL DEFAULT 0,       -- made so far: names the one that a person has seen
  fault        text,                             -- why it can't be imported, or not as it was asked for
  fault_line   bigint,
  fault_detail text,
  why          text,
  again        boolean NOT NULL DEFAULT false,   -- a finished import of the same file begins anew
  vietnamese   boolean NOT NULL DEFAULT false,   -- the report of rejected lines
  lines        bigint NOT NULL DEFAULT 0,        -- read for the preview, or imported
  written      bigint NOT NULL DEFAULT 0,        -- outbox rows
  written_before bigint NOT NULL DEFAULT 0,      -- by an earlier import of the same file
  report_size  bigint NOT NULL DEFAULT 0,        -- of the report as it is stored; 0: there is none
  worker       uuid,                             -- whose writes count
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  takes        integer NOT NULL DEFAULT 0,       -- begun without getting further: a file that ends its process is given up
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_at timestamptz,
  ended_at     timestamptz,
  CONSTRAINT upload_ended_check CHECK ((ended_at IS NOT NULL) = (state IN ('DONE', 'FAILED', 'CANCELLED')))
);
CREATE INDEX upload_created ON alohub.upload (created_at, id);
COMMENT ON TABLE alohub.upload IS 'Files that were uploaded in the console. The daemon''s.';

CREATE TABLE alohub.upload_chunk (
  upload_id uuid NOT NULL REFERENCES alohub.upload ON DELETE CASCADE,
  kind      text NOT NULL CHECK (kind IN ('FILE', 'REPORT')),   -- the report is gzip
  n         integer NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (upload_id, kind, n)
);
ALTER TABLE alohub.upload_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL; -- to compress them costs more than the day that they are kept
COMMENT ON TABLE alohub.upload_chunk IS 'The content of uploads, and reports of rejected lines, for a day at most. The daemon''s.';
