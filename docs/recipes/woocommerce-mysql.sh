#!/bin/sh
# Imports the customers of a WooCommerce shop on MySQL or MariaDB whose orders changed since the last run. For cron, each few minutes.
#   woocommerce-mysql.sh DATABASE [PREFIX of its tables, default wp_]
# The client's login stands in its own file (~/.my.cnf, readable by its owner alone); the import's settings are the daemon's.
#   MYSQL        the client, default mariadb (or mysql)
#   ALOHUB_SYNC  the command line, default: java -XX:+UseSerialGC -Xmx128m -jar quarkus-run.jar
#   STATE        a folder of this script's own, default .
# A row that changes nothing costs no call, so each run begins ten minutes before the last one: a transaction may commit late.
set -eu
umask 077
database=$1 prefix=${2:-wp_} state=${STATE:-.}
# One run at a time: the second of two would read what the first one has not yet written.
exec 9>"$state/lock"
flock -n 9 || { echo "another run is at work: this one ends" >&2; exit 0; }
case $prefix in *[!A-Za-z0-9_]*) echo "the prefix has letters, digits and _ alone" >&2; exit 2 ;; esac
since=1970-01-02
[ ! -s "$state/since" ] || since=$(cat "$state/since")
case $since in *[!0-9\ :-]*) echo "$state/since holds no time: delete it, and all is read again" >&2; exit 1 ;; esac
sql() { ${MYSQL:-mariadb} --batch --raw --skip-column-names --default-character-set=utf8mb4 -e "$1" "$database"; }
until=$(sql "SELECT UTC_TIMESTAMP() - INTERVAL 10 MINUTE")
own=$(mktemp -d "$state/run.XXXXXX")
trap 'rm -rf "$own"' EXIT
file=$own/customers.csv
# Quoted for CSV in the database: a name may hold quotation marks, tabs and line ends.
cell() { printf "CONCAT('\"', REPLACE(COALESCE(%s, ''), '\"', '\"\"'), '\"')" "$1"; }
echo 'phone,name,email,reference,version' > "$file"
sql "SELECT CONCAT_WS(',', $(cell a.phone), $(cell "CONCAT_WS(' ', a.last_name, a.first_name)"), $(cell a.email), o.id,
    TIMESTAMPDIFF(MICROSECOND, '1970-01-01', o.date_updated_gmt))
  FROM ${prefix}wc_orders o JOIN ${prefix}wc_order_addresses a ON a.order_id = o.id AND a.address_type = 'billing'
  WHERE o.type = 'shop_order' AND COALESCE(o.status, '') NOT IN ('wc-checkout-draft', 'auto-draft', 'trash') AND o.date_updated_gmt >= '$since' AND TRIM(COALESCE(a.phone, '')) <> ''
  ORDER BY o.date_updated_gmt, o.id" >> "$file"
lines=$(wc -l < "$file")
if [ "$lines" -gt 1 ]; then
  code=0 rejected=$state/rejected-$(date +%Y%m%d%H%M%S).csv
  ${ALOHUB_SYNC:-java -XX:+UseSerialGC -Xmx128m -jar quarkus-run.jar} import "$file" --source woocommerce --ref-column reference \
    --version-column version --rejected "$rejected" --yes || code=$?
  # 3 and a report: no phone of these can be used. 3 alone: there is no such account.
  [ "$code" = 0 ] || { [ "$code" = 3 ] && [ -s "$rejected" ]; } || exit "$code"
fi
echo "$until" > "$state/since.new"
mv "$state/since.new" "$state/since"
