#!/bin/sh
# Imports the customers of SAP Business One on SQL Server that changed since yesterday or the last run. For cron, each few minutes.
#   sap-b1-sqlserver.sh SERVER DATABASE
# The login is SQLCMDUSER and SQLCMDPASSWORD in the environment (a user that may read OCRD); the import's settings are the daemon's.
#   SQLCMD       the client, default sqlcmd
#   ALOHUB_SYNC  the command line, default: java -XX:+UseSerialGC -Xmx128m -jar quarkus-run.jar
#   STATE        a folder of this script's own, default .
# OCRD has the day of a change: each run reads from the day before the last one. A row that changes nothing costs no call.
set -eu
umask 077
server=$1 database=$2 state=${STATE:-.}
# One run at a time: the second of two would read what the first one has not yet written.
exec 9>"$state/lock"
flock -n 9 || { echo "another run is at work: this one ends" >&2; exit 0; }
since=1900-01-02
[ ! -s "$state/since" ] || since=$(cat "$state/since")
case $since in *[!0-9-]*) echo "$state/since holds no day: delete it, and all is read again" >&2; exit 1 ;; esac
# -b: an error ends it with a code; -r 1: its words go to standard error; -h -1 and NOCOUNT: rows alone; -f 65001: UTF-8
own=$(mktemp -d "$state/run.XXXXXX")
trap 'rm -rf "$own"' EXIT
answer=$own/answer file=$own/customers.csv
# No pipe: its code would be that of the last program. DATEFORMAT: a login of another language reads 2026-11-05 as the 11th of May.
sql() {
  ${SQLCMD:-sqlcmd} -S "$server" -d "$database" -b -r 1 -h -1 -W -w 65535 -f 65001 -Q "SET NOCOUNT ON; SET DATEFORMAT ymd; $1" > "$answer" || {
    code=$?
    echo "sqlcmd has failed: nothing was imported, and the next run reads the same days" >&2
    exit "$code"
  }
  tr -d '\r' < "$answer"
}
until=$(sql "SELECT CONVERT(char(10), DATEADD(day, -1, GETDATE()), 23)")
case $until in [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) ;; *) echo "sqlcmd has not answered as expected: $until" >&2; exit 1 ;; esac
# Both phones in one text, of which the phone rules take one. Quoted for CSV in the database; sqlcmd would cut a row at a line end.
cell() { printf "'\"' + REPLACE(REPLACE(REPLACE(ISNULL(CONVERT(nvarchar(500), %s), ''), '\"', '\"\"'), CHAR(13), ' '), CHAR(10), ' ') + '\"'" "$1"; }
echo 'phone,name,email,reference' > "$file"
sql "SELECT $(cell "ISNULL(NULLIF(Cellular, '') + ' | ', '') + ISNULL(Phone1, '')") + ',' + $(cell CardName) + ',' + $(cell E_Mail) + ',' + $(cell CardCode)
  FROM OCRD WHERE CardType = 'C' AND COALESCE(UpdateDate, CreateDate) >= '$since' AND ISNULL(Cellular, '') + ISNULL(Phone1, '') <> ''
  ORDER BY CardCode" >> "$file"
lines=$(wc -l < "$file")
digest=$(sha256sum < "$file") last=
[ ! -s "$state/last" ] || last=$(cat "$state/last")
# The same rows as last time: nothing has changed. --again: the same as an earlier time, since a value was changed back.
if [ "$lines" -gt 1 ] && [ "$digest" != "$last" ]; then
  code=0 rejected=$state/rejected-$(date +%Y%m%d%H%M%S).csv
  ${ALOHUB_SYNC:-java -XX:+UseSerialGC -Xmx128m -jar quarkus-run.jar} import "$file" --source sapb1 --ref-column reference \
    --again --rejected "$rejected" --yes || code=$?
  # 3 and a report: no phone of these can be used. 3 alone: there is no such account.
  [ "$code" = 0 ] || { [ "$code" = 3 ] && [ -s "$rejected" ]; } || exit "$code"
  echo "$digest" > "$state/last"
fi
echo "$until" > "$state/since.new"
mv "$state/since.new" "$state/since"
