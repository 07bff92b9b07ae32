-- Medusa 2: the table customer. After watch.sql, as the owner of customer: psql -v ON_ERROR_STOP=1 -d medusa -f medusa.sql
CALL alohub_source.watch('public.customer', 'medusa',
  ref => 'id',
  phone => 'phone',
  -- Vietnamese order: the family name first.
  name => $e$nullif(btrim(concat_ws(' ', last_name, first_name)), '')$e$,
  email => 'email',
  version => $e$(date_part('epoch', updated_at) * 1000000)$e$,
  changed_at => 'updated_at',
  wanted => 'deleted_at IS NULL');
