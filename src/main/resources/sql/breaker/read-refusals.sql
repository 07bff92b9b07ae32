-- What Alohub answered around the moment when it refused calls for their number.
WITH recent AS (
  SELECT outcome IN ('ACCEPTED', 'REFUSED') AS taken, outcome = 'THROTTLED' AS refused, http_status, started_at,
         -- The two calls before for this customer were refused, too.
         outcome = 'THROTTLED' AND NOT :brief AND 2 = (
           SELECT count(*) FROM (
             SELECT before.outcome FROM alohub.delivery_attempt before
             WHERE before.phone = call.phone AND before.account = call.account AND before.id < call.id
             ORDER BY before.id DESC LIMIT 2) last_two
           WHERE last_two.outcome = 'THROTTLED') AS again
  FROM alohub.delivery_attempt call
  -- The last calls only, by their ids: the history has no index by time, and needs none for this.
  WHERE id > (SELECT max(id) FROM alohub.delivery_attempt) - :calls AND account = :account AND started_at > :throttled_since::timestamptz - interval '25 seconds'),
first AS (
  SELECT coalesce(min(started_at) FILTER (WHERE NOT again), min(started_at)) AS at
  FROM recent WHERE refused AND started_at > coalesce(:before::timestamptz, '-infinity'))
SELECT count(*) FILTER (WHERE refused AND started_at >= first.at),
       count(*) FILTER (WHERE refused AND started_at >= first.at AND http_status = 503),
       count(*) FILTER (WHERE again AND started_at >= first.at),
       count(*) FILTER (WHERE taken AND started_at > first.at - interval '10 seconds'),
       count(*) FILTER (WHERE taken AND started_at > first.at - interval '1 second'),
       count(*) FILTER (WHERE taken AND started_at > first.at - interval '200 milliseconds'),
       -- The settlement writes when a call began, to within some milliseconds: a call that began in
       -- the moment of the first refusal counts as accepted after it.
       count(*) FILTER (WHERE taken AND started_at > first.at - interval '10 milliseconds'),
       count(*) FILTER (WHERE taken AND started_at > coalesce(:before::timestamptz, '-infinity')),
       min(started_at) FILTER (WHERE taken AND started_at > first.at - interval '10 seconds')
FROM first CROSS JOIN recent
WHERE first.at IS NOT NULL
