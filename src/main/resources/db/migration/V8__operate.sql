-- What the console and the API of operations people add: whose act it was, acts on many customers, the search by name, figures of the day.

-- Who acts, where a program acts for its user: transaction-local, and believed only from the daemon's own user and from the schema's
-- owner. Null: the SQL user acts for itself.
CREATE FUNCTION alohub.acting_person() RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE person text := nullif(current_setting('alohub.person', true), '');
BEGIN
  IF person IS NULL THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'alohub_worker' AND pg_has_role(session_user, r.oid, 'MEMBER'))
     OR (SELECT pg_has_role(session_user, c.relowner, 'MEMBER') FROM pg_class c WHERE c.oid = 'alohub.audit'::regclass) THEN
    RETURN left(person, 200);
  END IF;
  RETURN NULL;
END $$;

ALTER TABLE alohub.audit ADD COLUMN person text DEFAULT alohub.acting_person();
-- By which way that person came in: one name of the users file and of the single sign-on may be two people.
ALTER TABLE alohub.audit ADD COLUMN way text
  DEFAULT CASE WHEN alohub.acting_person() IS NOT NULL THEN nullif(current_setting('alohub.way', true), '') END
  CONSTRAINT audit_way_check CHECK (way IN ('FILE', 'OIDC', 'PROXY', 'TOKEN'));
-- The action on a group that the act is a part of: as acting_person, transaction-local, and believed only from a program that acts for a user.
ALTER TABLE alohub.audit ADD COLUMN bulk_action text
  DEFAULT CASE WHEN alohub.acting_person() IS NOT NULL THEN nullif(left(current_setting('alohub.bulk_action', true), 36), '') END;
ALTER TABLE alohub.audit ADD COLUMN customers bigint; -- how many the act was about; null: the one, or the account
ALTER TABLE alohub.audit ALTER COLUMN account DROP NOT NULL; -- null: the act was about none
ALTER TABLE alohub.audit DROP CONSTRAINT audit_act_check;
ALTER TABLE alohub.audit ADD CONSTRAINT audit_act_check CHECK (act IN ('RETRY', 'HOLD', 'RELEASE', 'PAUSE', 'RESUME', 'RESYNC', 'IMPORT', 'BACKFILL',
  'CORRECT', 'UNMASK', 'EXPORT', 'LOGIN', 'LOGIN_REFUSED', 'LOGOUT', 'TOKEN_ISSUED', 'TOKEN_REVOKED', 'BULK_STARTED', 'BULK_STOPPED'));
CREATE INDEX audit_person ON alohub.audit (person, id) WHERE person IS NOT NULL;
COMMENT ON COLUMN alohub.audit.person IS 'The user of the console or the API for whom the daemon acted; null: who acted for itself.';
COMMENT ON COLUMN alohub.audit.way IS 'How that user proved who it is: FILE, OIDC, PROXY or TOKEN; null: who acted for itself.';

-- Adds to the audit what no operator function does. For the daemon alone.
CREATE FUNCTION alohub.record_act(act text, account text DEFAULT NULL, customer_id bigint DEFAULT NULL, phone text DEFAULT NULL,
  customers bigint DEFAULT NULL, reason text DEFAULT NULL) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO alohub.audit (act, account, customer_id, phone, customers, reason) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
$$;

-- A phone that a person corrected: the customer of the wrong one is held, and the two lead to each other.
CREATE TABLE alohub.corrected_phone (
  customer_id  bigint PRIMARY KEY,              -- of the wrong phone
  account      text NOT NULL,
  phone        text COLLATE "C" NOT NULL,       -- the right one, E.164; its customer comes with the next merge
  corrected_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX corrected_phone_right ON alohub.corrected_phone (phone, account);
COMMENT ON TABLE alohub.corrected_phone IS 'From a customer whose phone was wrong to the right phone. The daemon''s.';

-- Names and e-mails to search by. A table beside the customers, filled behind the merge: an index on customer would be paid for by
-- each merge (docs/adr/0041).
CREATE FUNCTION alohub.folded(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(btrim(regexp_replace(translate(lower(regexp_replace(normalize(left($1, 300), NFD), '[\u0300-\u036f]', '', 'g')), 'đĐ', 'dd'), '\s+', ' ', 'g')), 100)
$$;
CREATE TABLE alohub.customer_search (
  customer_id bigint PRIMARY KEY,
  account     text NOT NULL,
  name_key    text COLLATE "C",                 -- folded; null: it has no name
  email_key   text COLLATE "C"                  -- in small letters
);
CREATE INDEX customer_search_name ON alohub.customer_search (name_key, customer_id) WHERE name_key IS NOT NULL;
CREATE INDEX customer_search_email ON alohub.customer_search (email_key, customer_id) WHERE email_key IS NOT NULL;
COMMENT ON TABLE alohub.customer_search IS 'Names and e-mails of customers to search by, a little behind. The daemon''s.';

-- Figures of each minute, so that a page need not count calls. Filled behind the calls by one replica at a time; old minutes are deleted.
CREATE TABLE alohub.throughput (
  minute    timestamptz NOT NULL,
  account   text NOT NULL,
  accepted  integer NOT NULL DEFAULT 0,          -- calls
  failed    integer NOT NULL DEFAULT 0,          -- calls about the customer: REFUSED, FAILED, UNKNOWN
  not_taken integer NOT NULL DEFAULT 0,          -- calls about the account: THROTTLED, NOT_SENT, ACCOUNT_REFUSED
  in_time   integer NOT NULL DEFAULT 0,          -- rows of that minute delivered within a minute of their insert; a sample stands for all
  late      integer NOT NULL DEFAULT 0,          -- the others that could have been
  PRIMARY KEY (minute, account)
);
CREATE TABLE alohub.follower (
  name    text PRIMARY KEY CHECK (name IN ('attempts', 'rows', 'search', 'search-round')),
  at_id   bigint NOT NULL DEFAULT 0,             -- all up to this id are done
  seen_id bigint NOT NULL DEFAULT 0,             -- the highest at the last look: by the next one, all up to it are committed
  seen_at timestamptz,
  next_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE alohub.follower IS 'How far what follows calls, rows and customers has come. The daemon''s.';
INSERT INTO alohub.follower (name) VALUES ('attempts'), ('rows'), ('search'), ('search-round');

-- Acts on the customers of a group of problems. One step at a time, in short transactions that any replica may make.
CREATE TABLE alohub.bulk_action (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  client_key    text NOT NULL UNIQUE,            -- a repeated start finds the first
  kind          text NOT NULL CHECK (kind IN ('RETRY', 'HOLD')),
  account       text NOT NULL,                   -- the group: account, reason, source
  reason        text NOT NULL,
  source        text,
  person        text NOT NULL,
  way           text NOT NULL CHECK (way IN ('FILE', 'OIDC', 'PROXY', 'TOKEN')), -- by which that person came in
  why           text,
  state         text NOT NULL CHECK (state IN ('CANARY', 'RUNNING', 'SETTLING', 'DONE', 'STOPPED', 'CANARY_FAILED')),
  expected      bigint NOT NULL,                 -- customers of the group when it was started, as far as they were counted
  up_to         timestamptz NOT NULL DEFAULT clock_timestamp(), -- customers that failed later are not its own
  after_id      bigint NOT NULL DEFAULT 0,       -- goes on behind this customer
  walked        boolean NOT NULL DEFAULT false,  -- there are no more
  items         bigint NOT NULL DEFAULT 0,
  delivered     bigint NOT NULL DEFAULT 0,       -- of the items
  failed        bigint NOT NULL DEFAULT 0,
  skipped       bigint NOT NULL DEFAULT 0,       -- another transaction held them
  words         text,                            -- the answers' words of a failed canary
  unanswered    bigint NOT NULL DEFAULT 0,       -- of a failed canary: customers without an answer
  stopped_by    text,                            -- person
  started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at       timestamptz,                     -- the canary, or the last of all, was sent
  next_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at      timestamptz,
  CONSTRAINT bulk_action_ended_check CHECK ((ended_at IS NOT NULL) = (state IN ('DONE', 'STOPPED', 'CANARY_FAILED')))
);
CREATE UNIQUE INDEX bulk_action_of_group ON alohub.bulk_action (account, reason, coalesce(source, '')) WHERE ended_at IS NULL;
CREATE INDEX bulk_action_next ON alohub.bulk_action (next_at) WHERE ended_at IS NULL;
CREATE INDEX bulk_action_started ON alohub.bulk_action (started_at, id);
CREATE TABLE alohub.bulk_item (
  action_id   uuid NOT NULL REFERENCES alohub.bulk_action ON DELETE CASCADE,
  n           bigint NOT NULL,
  customer_id bigint NOT NULL,
  revision    integer NOT NULL,                  -- wanted when it was acted on
  state       text NOT NULL CHECK (state IN ('SENT', 'DELIVERED', 'FAILED', 'HELD', 'SKIPPED')),
  error       text,                              -- the answer's words
  acted_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (action_id, n)
);
CREATE INDEX bulk_item_open ON alohub.bulk_item (action_id, n) WHERE state = 'SENT';
COMMENT ON TABLE alohub.bulk_action IS 'Acts of people on many customers. Make them with the console or the API.';
