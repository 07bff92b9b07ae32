-- One row per Alohub tenant: what all replicas agree about, whether and how fast it may be called. Locked only by short transactions
-- of its own.
CREATE TABLE alohub.account (
  name             text PRIMARY KEY CHECK (name ~ '^[a-z0-9]+$'),
  registered_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at          timestamptz,                            -- a replica that is configured for it said so last; null: none has, its rows are rejected
  -- Which value is the newest
  row_order        text NOT NULL DEFAULT 'id' CHECK (row_order IN ('id', 'source-version')),
  version_unit     text NOT NULL DEFAULT 'auto' CHECK (version_unit IN ('auto', 'count', 'seconds', 'millis', 'micros', 'nanos')),
  -- Whether it may be called: the circuit breaker
  state             text NOT NULL DEFAULT 'ACTIVE' CONSTRAINT account_state_check
                   CHECK (state IN ('ACTIVE', 'THROTTLED', 'RECOVERING', 'PAUSED', 'KEY_REJECTED', 'MISCONFIGURED', 'BLOCKED', 'UNREACHABLE')),
  state_since       timestamptz NOT NULL DEFAULT clock_timestamp(),
  state_until       timestamptz,                            -- THROTTLED: no call before this; RECOVERING: the end of the ramp
  state_by          text,                                   -- the user who paused or resumed it; null: no user did
  state_reason      text,                                   -- what happened, in plain words; null: nothing
  state_needs       text,                                   -- what it needs, in plain words; null: nothing
  trip_cause       text CONSTRAINT account_trip_cause_check -- what stopped the calls; null: nothing did, or it is not known
                   CHECK (trip_cause IN ('KEY', 'ENDPOINT', 'PAYMENT', 'CONTRACT', 'FIREWALL', 'CONNECTION', 'FAILING', 'REFUSALS')),
  tripped_by_answers    boolean NOT NULL DEFAULT false,         -- most of the calls that stopped it were answered about their customers (a 4xx, or a
                                                           -- failure under a 2xx): the same answer to a probe is no news, the next one comes soon
  recovered_at        timestamptz,                            -- a probe was accepted last: who was refused before and is again, is refused for itself
  probe_at         timestamptz,                            -- the earliest time of the next probe; null: none is needed
  probes           integer NOT NULL DEFAULT 0,             -- probes since the calls were stopped
  throttles        integer NOT NULL DEFAULT 0,             -- consecutive throttles, for the doubling where the CRM names no time
  -- Fingerprints of keys, never the keys: a replica that still holds a refused one stays out while others with a new key go on
  refused_keys     text[] NOT NULL DEFAULT '{}',           -- those that were refused last
  accepted_key     text,                                   -- the one that began to be accepted last
  -- How fast it may be called
  rate_spent_until timestamptz NOT NULL DEFAULT '-infinity', -- permits are spent up to this moment (a virtual schedule)
  learned_rate     float8 CHECK (learned_rate > 0),        -- calls a second, learned from throttled calls; null: none
  learned_limit    float8,                                 -- calls a second at which it refused last; null: only one refusal so far
  learned_at       timestamptz,                            -- when it refused last
  learned_doubts   integer NOT NULL DEFAULT 0,             -- consecutive refusals that came too soon for a limit
  learned_brief    boolean NOT NULL DEFAULT false,         -- the rate was learned from answers that named no time
  learned_passed   integer,                                -- calls that were taken between the last two refusals
  CONSTRAINT account_until_check CHECK (state <> 'THROTTLED' OR state_until IS NOT NULL),
  CONSTRAINT account_probe_check CHECK (state NOT IN ('KEY_REJECTED', 'MISCONFIGURED', 'BLOCKED', 'UNREACHABLE') OR probe_at IS NOT NULL),
  CONSTRAINT account_refused_keys_check CHECK (refused_keys = '{}' OR probe_at IS NOT NULL OR state = 'PAUSED')
);
COMMENT ON TABLE alohub.account IS 'One Alohub tenant and its state; registered by the replicas that are configured for it.';
INSERT INTO alohub.account (name) VALUES ('default');
