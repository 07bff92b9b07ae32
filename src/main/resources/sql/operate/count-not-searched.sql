-- How many customers the search by name and e-mail has not got yet, about.
SELECT greatest(0, coalesce((SELECT max(id) FROM alohub.customer), 0) - at_id) FROM alohub.follower WHERE name = 'search'
