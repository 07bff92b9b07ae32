#!/bin/sh
# Packages an earlier version into a folder, for the test that runs it beside this one.
#   src/test/previous.sh FOLDER      the parent of the last commit that changed the schema, or the commit that $ALOHUB_PREVIOUS names
# Before the first release that commit may have a V file that is another or none here, and this version does not migrate
# its database. Then it is the oldest commit that has the V files as they are here.
# Exit code 3: this checkout has no history, so that commit is not in it.
# Exit code 4: no earlier commit has these V files.
set -eu
cd "$(dirname "$0")/../.."
migrations=src/main/resources/db/migration
previous=${ALOHUB_PREVIOUS:-$(git log -1 --format=%H -- $migrations)^} || exit 3
commit=$(git rev-parse --verify "$previous^{commit}") || exit 3
is_migrated() { [ -z "$(git diff --no-renames --diff-filter=MD --name-only "$1" -- "$migrations/V*.sql")" ]; }
if ! is_migrated "$commit"; then
  [ -z "${ALOHUB_PREVIOUS-}" ] || exit 4
  commit=$(git log -1 --format=%H -- "$migrations/V*.sql")
  is_migrated "$commit" && [ "$commit" != "$(git rev-parse HEAD)" ] || exit 4
fi
if [ "$(cat "$1/commit" 2>/dev/null)" = "$commit" ]; then exit 0; fi
rm -rf "$1" "$1-src"
mkdir -p "$1" "$1-src"
git archive "$commit" | tar -x -C "$1-src"
# The options of Maven's JVM, which that commit may lack. Of its build only the jar is needed.
quick=$(cat .mvn/jvm.config)
(cd "$1-src" && MAVEN_OPTS="${MAVEN_OPTS-} $quick" ./mvnw -q -B package -Dmaven.test.skip=true -Dcyclonedx.skip=true -Dmdep.skip=true -Dmaven.antrun.skip=true)
cp -a "$1-src/target/quarkus-app/." "$1"
echo "$commit" > "$1/commit"
