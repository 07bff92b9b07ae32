-- iDempiere: the contacts of ad_user that belong to a customer. After watch.sql, as the owner of ad_user: psql -v ON_ERROR_STOP=1 -d idempiere -f idempiere.sql
CALL alohub_source.watch('adempiere.ad_user', 'idempiere',
  ref => $e$'AD_User/' || ad_user_id$e$,
  phone => $e$concat_ws(' | ', nullif(btrim(phone), ''), nullif(btrim(phone2), ''))$e$,
  name => 'name', email => 'email',
  version => $e$(date_part('epoch', updated) * 1000000)$e$,
  changed_at => 'updated',
  -- Users without a business partner are the staff who log in.
  wanted => $e$isactive = 'Y' AND c_bpartner_id IS NOT NULL$e$);
