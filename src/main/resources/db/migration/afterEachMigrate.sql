-- Flyway runs this after each file that it has run, in that file's transaction and under its lock: what a file makes has its owner and
-- its rights from the moment others see it, and two processes that migrate at once do not meet here. While the schema is made, the
-- function comes with the last file.
DO $$
BEGIN
  IF to_regprocedure('alohub.hand_over()') IS NOT NULL THEN
    PERFORM alohub.hand_over();
  END IF;
END $$;
