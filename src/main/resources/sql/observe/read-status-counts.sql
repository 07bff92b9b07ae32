-- Customers by account and status.
SELECT account, status, customers FROM alohub.status_counts
