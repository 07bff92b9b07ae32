-- Who may use the console and its API. Users stand in a file, in the single sign-on or in a proxy; here is only what replicas share.

-- Failed logins, by user and by address, each as a digest: a login is slowed over all replicas.
CREATE TABLE alohub.login_failure (
  subject       text PRIMARY KEY,
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
COMMENT ON TABLE alohub.login_failure IS 'Failed logins of the last day, as digests. The daemon''s.';
CREATE INDEX login_failure_last ON alohub.login_failure (last_at);

-- Logins that were ended before their time: the cookie of one is worth nothing, wherever it was copied to.
CREATE TABLE alohub.ended_login (
  session text PRIMARY KEY,      -- a digest of what names the login
  until   timestamptz NOT NULL   -- by then it would have ended by itself
);
COMMENT ON TABLE alohub.ended_login IS 'Logins that people have ended, as digests. The daemon''s.';

-- Tokens of the API. The token itself is shown once and never stored.
CREATE TABLE alohub.api_token (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL CHECK (name <> '' AND octet_length(name) <= 400),
  role         text NOT NULL CHECK (role IN ('viewer', 'operator')),
  token_hash   text NOT NULL UNIQUE,        -- SHA-256, hexadecimal
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by   text NOT NULL,
  expires_at   timestamptz NOT NULL,
  last_used_at timestamptz,                 -- to the minute; null: never
  revoked_at   timestamptz,                 -- null: it is not
  revoked_by   text
);
COMMENT ON TABLE alohub.api_token IS 'Tokens of the API, as digests: who issued them, what they may do, until when.';
