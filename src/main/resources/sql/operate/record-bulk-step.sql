-- Where an action is after a step, and when its next one is. The first of a state's steps begins
-- its clock. Where the preview did not count all, the last walk knows how many they are.
UPDATE alohub.bulk_action
SET state = :state, after_id = :after, walked = :walked, items = items + :items,
    expected = CASE WHEN at_least AND :walked THEN items + :items ELSE greatest(expected, items + :items) END, at_least = at_least AND NOT :walked, skipped = skipped + :skipped, delivered = delivered + :delivered,
    failed = failed + :failed, sent_at = CASE WHEN :sent THEN clock_timestamp() ELSE sent_at END,
    next_at = clock_timestamp() + make_interval(secs => :pause),
    ended_at = CASE WHEN :ended THEN clock_timestamp() END,
    unanswered = CASE WHEN :ended AND kind = 'RETRY' THEN items + :items - skipped - :skipped - delivered - :delivered - failed - :failed ELSE 0 END
WHERE id = :action::uuid
