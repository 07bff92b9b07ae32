#!/bin/sh
# Makes a folder that holds what the image holds on top of its base: opt/java, a Java runtime with the modules that the daemon
# needs, and app, the packaged daemon with the JVM's AOT cache of a real drain.
#   docker/rootfs.sh FOLDER [CUSTOMERS]     made anew; ./mvnw package runs first where target/quarkus-app is missing
# The cache comes from a drain of 30,000 customers, or of so many.
# As root it needs user namespaces, since the drain runs on a PostgreSQL of its own, which never runs as root.
set -eu
: "${1:?docker/rootfs.sh FOLDER [CUSTOMERS]}"
mkdir -p "$1"
root=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
. .mvn/select-jdk.sh
[ -f target/quarkus-app/quarkus-run.jar ] && [ -f target/demo.classpath ] || ./mvnw -q -B package -DskipTests
rm -rf "$root/opt/java" "$root/app"
mkdir -p "$root/opt" "$root/app"
# java.desktop: the beans that Hibernate looks into. jdk.unsupported: Netty and the signals. jdk.jfr: a recording of a daemon at work. jdk.naming.dns, java.security.*: the database's driver.
"$JAVA_HOME/bin/jlink" --output "$root/opt/java" --strip-debug --no-man-pages --no-header-files \
  --add-modules java.desktop,java.instrument,java.logging,java.management,java.naming,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.charsets,jdk.jfr,jdk.management,jdk.naming.dns,jdk.unsupported
cp -a target/quarkus-app/. "$root/app"
rm -f "$root/app/app.aot"
"$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
  -Ddaemon.java.home="$root/opt/java" -Ddaemon.folder="$root/app" \
  -cp "target/test-classes:$(cat target/demo.classpath)" io.alohubsync.demo.Drain "${2:-30000}" "$root/app/app.aot"
[ -s "$root/app/app.aot" ] || { echo "The JVM has written no AOT cache." >&2; exit 1; }
chmod -R go+rX "$root/opt" "$root/app"
