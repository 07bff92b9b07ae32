-- Sources of which at least half of the last hour's rows were rejected, and a few at least: among so
-- many of the newest rows that are looked at. While none of the newest rejected rows is of that
-- hour nothing else is looked at.
SELECT source, rejected
FROM (SELECT left(source, 41) AS source, count(*) FILTER (WHERE merge_status = 'REJECTED') AS rejected, count(*) AS rows
      FROM (SELECT source, merge_status, merged_at FROM alohub.customer_outbox
            -- Asked once, before the first row is read: without it an idle daemon would read them all
            WHERE (SELECT max(r.merged_at) > clock_timestamp() - interval '1 hour'
                   FROM (SELECT merged_at FROM alohub.customer_outbox WHERE merge_status = 'REJECTED' ORDER BY id DESC LIMIT 100) r)
            ORDER BY id DESC LIMIT :looks) newest
      WHERE merged_at > clock_timestamp() - interval '1 hour'
      GROUP BY left(source, 41)) of_source
WHERE rejected >= :few AND 2 * rejected >= rows
ORDER BY rejected DESC LIMIT 20
