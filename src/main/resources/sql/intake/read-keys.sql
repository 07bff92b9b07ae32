-- What the first request with each key said, and the row that it wrote. An older key is none any
-- more.
SELECT known.key, known.payload, known.row_id FROM alohub.intake_key known
WHERE known.key = ANY (:keys::text[]) AND known.created_at > clock_timestamp() - interval '24 hours'
