-- Moves the leases of customers that were not accepted to due, where they are settled.
SELECT alohub.move_leases(:customers)
