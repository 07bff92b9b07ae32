-- The import of files. Its rows are ordinary outbox rows; only how far each import has come is kept beside them.

-- One row per import of a file, written in the transaction of the outbox rows that it counts: after a kill the next run goes on behind them.
CREATE TABLE alohub.file_import (
  key         text PRIMARY KEY,                    -- a digest of the file and of what decides which rows come of it
  file_digest text NOT NULL,                       -- SHA-256 of the file; its name may be somebody's
  account     text NOT NULL,
  source      text NOT NULL,
  lines       bigint NOT NULL DEFAULT 0 CHECK (lines >= 0),       -- of the file, in its order: written or rejected
  written     bigint NOT NULL DEFAULT 0 CHECK (written >= 0),     -- as outbox rows
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,                         -- null: it goes on, or was cut off
  CONSTRAINT file_import_bounds_check CHECK (written <= lines)
);
COMMENT ON TABLE alohub.file_import IS 'How far each import of a file has come. The command import''s.';

COMMENT ON TABLE alohub.audit IS 'Append-only: each call of an operator function and each run of an import, who made it and why.';

-- Begins an import, or goes on with one; the audit has each run. A finished import begins anew only when it is asked to.
CREATE FUNCTION alohub.begin_import(import_key text, digest text, account text, source text, again boolean, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO alohub.file_import AS i (key, file_digest, account, source)
  VALUES (begin_import.import_key, begin_import.digest, begin_import.account, begin_import.source)
  ON CONFLICT (key) DO UPDATE SET lines = 0, written = 0, started_at = clock_timestamp(), updated_at = clock_timestamp(), finished_at = NULL
  WHERE begin_import.again AND i.finished_at IS NOT NULL;
  INSERT INTO alohub.audit (act, account, reason) VALUES ('IMPORT', begin_import.account, begin_import.reason);
END $$;
