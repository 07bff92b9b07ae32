-- The reasons that this version knows, in the words that people read.
INSERT INTO alohub.reason AS r (code, english, vietnamese) SELECT * FROM unnest(:codes::text[], :english::text[], :vietnamese::text[])
ON CONFLICT (code) DO UPDATE SET english = excluded.english, vietnamese = excluded.vietnamese
WHERE (r.english, r.vietnamese) IS DISTINCT FROM (excluded.english, excluded.vietnamese)
