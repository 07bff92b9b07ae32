-- Forgets actions that ended 90 days ago, with their items; a few at a time.
DELETE FROM alohub.bulk_action WHERE id IN (SELECT id FROM alohub.bulk_action WHERE ended_at < clock_timestamp() - interval '90 days' LIMIT 10)
