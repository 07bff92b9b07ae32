-- Any table of PostgreSQL. After watch.sql; replace the table and the columns by yours.
CALL alohub_source.watch('erp.customer', 'erp',
  ref => 'id',
  phone => 'phone',
  name => 'name',
  email => 'email',
  changed_at => 'updated_at');
