-- What mails and webhooks report: docs/notifications.md. Nothing writes here while both are off.

-- One row per thing that has been out of order: what was reported last, and since when it has been otherwise. Replicas write it by
-- compare-and-set on the version, so each change is reported once.
CREATE TABLE alohub.notify_state (
  topic         text NOT NULL CHECK (topic IN ('ACCOUNT', 'OVERDUE', 'REJECTED')),
  account       text NOT NULL,                  -- '': of all accounts together
  bad           boolean NOT NULL,               -- as it was reported last
  differs_since timestamptz,                    -- it has been otherwise since then; null: it is as reported
  version       integer NOT NULL,
  PRIMARY KEY (topic, account)
);

-- One row per message and channel, written in the transaction of the change that it reports.
CREATE TABLE alohub.notify_message (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel    text NOT NULL CHECK (channel IN ('MAIL', 'WEBHOOK')),
  event      text NOT NULL,
  account    text NOT NULL,                     -- '': of all accounts together
  facts      jsonb NOT NULL,                    -- counts, codes and times; nothing personal
  once       text,                              -- of the same there is one message; null: there is no other
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at     timestamptz NOT NULL DEFAULT clock_timestamp(), -- not sent before; a sender moves it ahead for as long as it may take
  attempts   integer NOT NULL DEFAULT 0,        -- fences: who has begun a later one records the outcome
  state      text NOT NULL DEFAULT 'DUE' CHECK (state IN ('DUE', 'SENT', 'LOST')),
  ended_at   timestamptz,
  error      text,                              -- of the last attempt, in plain words
  refused    integer NOT NULL DEFAULT 0,        -- attempts that the receiver answered by refusing this message
  UNIQUE (channel, once)
);
-- The oldest one of a channel goes first, and the next waits for it, unless it was refused for itself again and again.
CREATE INDEX notify_message_due ON alohub.notify_message (channel, id) WHERE state = 'DUE';

-- What was done in each five minutes, for the digest and the share of rejected rows.
CREATE TABLE alohub.notify_count (
  at      timestamptz NOT NULL,                 -- begin of the five minutes
  account text NOT NULL,
  figure  text NOT NULL,                        -- rows merged, rejected by reason, calls by outcome
  n       bigint NOT NULL,
  PRIMARY KEY (at, account, figure)
);
COMMENT ON TABLE alohub.notify_state IS 'What was reported last by mail and webhook. The daemon''s.';
COMMENT ON TABLE alohub.notify_message IS 'Messages by mail and webhook: those to be sent, and those of the last 30 days.';
COMMENT ON TABLE alohub.notify_count IS 'What was done in each five minutes of the last 8 days; kept while notifications are on.';
