-- Keeps the words of the answers that failed a canary, and how many customers had none.
UPDATE alohub.bulk_action
SET (words, unanswered) = (
  SELECT left(string_agg(DISTINCT left(error, 300), ' | ') FILTER (WHERE state = 'FAILED'), 1500), count(*) FILTER (WHERE state = 'SENT')
  FROM alohub.bulk_item WHERE action_id = :action::uuid)
WHERE id = :action::uuid
