-- A login that was counted and whose password was not looked at.
UPDATE alohub.login_failure SET failures = greatest(0, failures - 1) WHERE subject = ANY (:subjects::text[])
