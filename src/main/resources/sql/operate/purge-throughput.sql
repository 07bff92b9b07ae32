-- Forgets the figures of minutes that no page shows any more.
DELETE FROM alohub.throughput WHERE minute < clock_timestamp() - interval '40 days'
