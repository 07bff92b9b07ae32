-- Every account, also one that no replica serves any more, with the order of its rows.
SELECT name, row_order, version_unit FROM alohub.account
