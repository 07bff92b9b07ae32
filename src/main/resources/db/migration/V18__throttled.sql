-- A limit that answers 503 and names no time.

ALTER TABLE alohub.account
  ADD COLUMN learned_brief  boolean NOT NULL DEFAULT false, -- the learned rate was taught by answers that named no time
  ADD COLUMN learned_passed integer;                        -- calls that were taken between the last two refusals

ALTER TABLE alohub.due
  ADD COLUMN throttled          smallint, -- times that a 503 was taken for a limit; NULL: never
  ADD COLUMN throttled_revision integer;  -- of that revision

SELECT alohub.hand_over();
