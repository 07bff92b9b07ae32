-- Odoo 16 to 19: the contacts of res_partner. After watch.sql, as the owner of res_partner: psql -v ON_ERROR_STOP=1 -d odoo -f odoo.sql
DO $$
DECLARE
  -- mobile was a column of its own until 18.1.
  has_mobile boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'res_partner'::regclass AND attname = 'mobile' AND NOT attisdropped);
BEGIN
  CALL alohub_source.watch('res_partner', 'odoo',
    ref => $e$'res.partner/' || id$e$,
    phone => CASE WHEN has_mobile THEN $e$concat_ws(' | ', nullif(btrim(mobile), ''), nullif(btrim(phone), ''))$e$ ELSE 'phone' END,
    name => 'name', email => 'email',
    version => $e$(date_part('epoch', write_date) * 1000000)$e$,
    changed_at => $e$write_date AT TIME ZONE 'UTC'$e$,
    wanted => 'active');
  RAISE NOTICE 'alohub-sync: phones are read from %', CASE WHEN has_mobile THEN 'mobile and phone' ELSE 'phone' END;
END $$;
