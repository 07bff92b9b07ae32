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

-- An action may release what another one has held.
ALTER TABLE alohub.bulk_action ADD COLUMN of_action uuid;
COMMENT ON COLUMN alohub.bulk_action.of_action IS 'The action whose customers a RELEASE releases; it may be deleted already.';
ALTER TABLE alohub.bulk_action DROP CONSTRAINT bulk_action_kind_check;
ALTER TABLE alohub.bulk_action ADD CONSTRAINT bulk_action_kind_check CHECK (kind IN ('RETRY', 'HOLD', 'RELEASE')) NOT VALID;
ALTER TABLE alohub.bulk_item DROP CONSTRAINT bulk_item_state_check;
ALTER TABLE alohub.bulk_item ADD CONSTRAINT bulk_item_state_check CHECK (state IN ('SENT', 'DELIVERED', 'FAILED', 'HELD', 'RELEASED', 'SKIPPED')) NOT VALID;
