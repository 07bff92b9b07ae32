-- Dead customers by what their last call came to. The code: outcome and status, as REFUSED.422.
SELECT account, last_outcome || coalesce('.' || http_status, '') AS reason, count(*) AS customers,
       min(updated_at) AS first, max(updated_at) AS last
FROM alohub.sync_status
WHERE status = 'DEAD' AND (:account::text IS NULL OR account = :account::text)
  AND (:since::timestamptz IS NULL OR updated_at >= :since::timestamptz)
  AND (:reason::text IS NULL OR :reason IN (last_outcome, last_outcome || coalesce('.' || http_status, '')))
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
