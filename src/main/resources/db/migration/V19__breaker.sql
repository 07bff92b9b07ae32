-- FAILING and REFUSALS: most of the calls that closed the gate were answered about their customers (a 4xx, or a failure under
-- a 2xx). Then another such answer from a probe is no news, and the next probe, of another customer, comes soon.
ALTER TABLE alohub.account ADD COLUMN gate_answered boolean NOT NULL DEFAULT false;
UPDATE alohub.account SET gate_answered = true WHERE gate_cause = 'REFUSALS';

SELECT alohub.hand_over();
