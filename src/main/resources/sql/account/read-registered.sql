-- Every registered account, with the order of its rows.
SELECT name, row_order, version_unit FROM alohub.account WHERE seen_at IS NOT NULL
