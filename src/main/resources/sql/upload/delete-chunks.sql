-- The content, or a report, is not needed any more.
DELETE FROM alohub.upload_chunk WHERE upload_id = :id::uuid AND kind = :kind
