-- What was done from one moment to another, by account and figure.
SELECT account, figure, sum(n) FROM alohub.notify_count WHERE at >= :from::timestamptz AND at < :until::timestamptz
GROUP BY account, figure ORDER BY account, figure
