-- Moves the leases of these customers to due: a newer revision, or a more urgent row, must wait for
-- them there.
SELECT alohub.move_leases(:customers)
