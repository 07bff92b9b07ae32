-- Rows rejected since then, by account: of so many of the newest that are looked at.
SELECT coalesce(nullif(btrim(left(account, 100)), ''), 'default'), count(*)
FROM (SELECT account, merged_at FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT :looks) r
WHERE merged_at >= :since GROUP BY 1
