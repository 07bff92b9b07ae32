-- Locks an account's row: one replica at a time reads in the history what led to a pause. The
-- others find the pause ended.
SELECT FROM alohub.account WHERE name = :account FOR NO KEY UPDATE
