-- Figures of the minutes since then, by account.
SELECT account, minute, accepted, failed, not_taken, in_time, late FROM alohub.throughput WHERE minute >= :since ORDER BY account, minute
