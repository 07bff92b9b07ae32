-- Stores the rules of phones. Other rules than before begin the two scans through the rejected
-- rows. The first start only stores them: nothing was rejected before.
UPDATE alohub.phone_rules
SET rules = :rules, changed_at = clock_timestamp(), after_id = 0, scans = CASE WHEN rules IS NULL THEN 0 ELSE 2 END
WHERE rules IS DISTINCT FROM :rules
RETURNING scans > 0
