-- A piece of the file or of its report.
SELECT bytes FROM alohub.upload_chunk WHERE upload_id = :id::uuid AND kind = :kind AND n = :n
