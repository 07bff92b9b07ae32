-- Keeps the words of the answers that failed a canary.
UPDATE alohub.bulk_action
SET words = (
  SELECT left(string_agg(DISTINCT left(error, 300), ' | '), 1500) FROM alohub.bulk_item WHERE action_id = :action::uuid AND state = 'FAILED')
WHERE id = :action::uuid
