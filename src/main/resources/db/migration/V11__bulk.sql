-- A group may have more customers than its preview looks at: how many is known when all were walked.
ALTER TABLE alohub.bulk_action ADD COLUMN at_least boolean NOT NULL DEFAULT false; -- expected is a lower bound
COMMENT ON COLUMN alohub.bulk_action.at_least IS 'Not all customers of the group were counted or walked: there may be more than expected.';

-- The end of an action has an entry with the number of customers. Every row that is there keeps the narrower check before.
ALTER TABLE alohub.audit DROP CONSTRAINT audit_act_check;
ALTER TABLE alohub.audit ADD CONSTRAINT audit_act_check CHECK (act IN ('RETRY', 'HOLD', 'RELEASE', 'PAUSE', 'RESUME', 'RESYNC', 'IMPORT', 'BACKFILL',
  'CORRECT', 'UNMASK', 'EXPORT', 'LOGIN', 'LOGIN_REFUSED', 'LOGOUT', 'TOKEN_ISSUED', 'TOKEN_REVOKED', 'BULK_STARTED', 'BULK_STOPPED', 'BULK_ENDED')) NOT VALID;

-- A stopped action awaits the answers to what it has sent; another one on its group may start meanwhile.
ALTER TABLE alohub.bulk_action DROP CONSTRAINT bulk_action_state_check;
ALTER TABLE alohub.bulk_action ADD CONSTRAINT bulk_action_state_check
  CHECK (state IN ('CANARY', 'RUNNING', 'SETTLING', 'STOPPING', 'DONE', 'STOPPED', 'CANARY_FAILED')) NOT VALID;
DROP INDEX alohub.bulk_action_of_group;
CREATE UNIQUE INDEX bulk_action_of_group ON alohub.bulk_action (account, reason, coalesce(source, '')) WHERE ended_at IS NULL AND state <> 'STOPPING';
COMMENT ON COLUMN alohub.bulk_action.unanswered IS 'Of a retry that has ended: customers whose answer had not come by then.';
