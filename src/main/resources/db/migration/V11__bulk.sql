-- A group may have more customers than its preview looks at: how many is known when all were walked.
ALTER TABLE alohub.bulk_action ADD COLUMN at_least boolean NOT NULL DEFAULT false; -- expected is a lower bound
COMMENT ON COLUMN alohub.bulk_action.at_least IS 'Not all customers of the group were counted or walked: there may be more than expected.';

-- The end of an action has an entry with the number of customers. Every row that is there keeps the narrower check before.
ALTER TABLE alohub.audit DROP CONSTRAINT audit_act_check;
ALTER TABLE alohub.audit ADD CONSTRAINT audit_act_check CHECK (act IN ('RETRY', 'HOLD', 'RELEASE', 'PAUSE', 'RESUME', 'RESYNC', 'IMPORT', 'BACKFILL',
  'CORRECT', 'UNMASK', 'EXPORT', 'LOGIN', 'LOGIN_REFUSED', 'LOGOUT', 'TOKEN_ISSUED', 'TOKEN_REVOKED', 'BULK_STARTED', 'BULK_STOPPED', 'BULK_ENDED')) NOT VALID;
