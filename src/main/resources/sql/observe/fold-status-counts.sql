-- Adds up the changes of the counts by status, some at a time.
SELECT alohub.fold_status_counts()
