-- The newest actions before one, or one alone. Those that ended a while ago are deleted.
SELECT a.id, kind, account, reason, source, person, left(why, 1000), state, expected, items, delivered, failed, skipped, left(words, 2000), unanswered, stopped_by,
       started_at, ended_at
FROM alohub.bulk_action a
WHERE (:id::uuid IS NULL OR a.id = :id::uuid)
  AND (:before::uuid IS NULL OR (a.started_at, a.id) < (SELECT b.started_at, b.id FROM alohub.bulk_action b WHERE b.id = :before::uuid))
ORDER BY a.started_at DESC, a.id DESC LIMIT :most
