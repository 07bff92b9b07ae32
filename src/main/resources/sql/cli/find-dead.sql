-- Those customers, some at a time.
SELECT id, phone, account FROM alohub.sync_status
WHERE status = 'DEAD' AND id > :after AND (:account::text IS NULL OR account = :account::text)
  AND (:since::timestamptz IS NULL OR updated_at >= :since::timestamptz)
  AND (:reason::text IS NULL OR :reason IN (last_outcome, last_outcome || coalesce('.' || http_status, '')))
ORDER BY id LIMIT :most
