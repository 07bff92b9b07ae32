-- Sends the next customers that are delivered once more.
SELECT last_id, queued, waiting, held, dead, locked FROM alohub.resync(:account, :since, :after, :most, :why)
