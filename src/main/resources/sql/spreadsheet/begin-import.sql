-- Begins the import or goes on with it, and leaves who does so and why in the audit.
SELECT alohub.begin_import(:key, :digest, :account, :source, :again, :why)
