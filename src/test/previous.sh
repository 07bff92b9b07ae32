#!/bin/sh
# Packages an earlier version into a folder, for the test that runs it beside this one.
#   src/test/previous.sh FOLDER      the parent of the last commit that changed the schema, or the commit that $ALOHUB_PREVIOUS names
set -eu
cd "$(dirname "$0")/../.."
# Exit code 3: this checkout has no history, so that commit is not in it.
previous=${ALOHUB_PREVIOUS:-$(git log -1 --format=%H -- src/main/resources/db/migration)^} || exit 3
commit=$(git rev-parse --verify "$previous^{commit}") || exit 3
if [ "$(cat "$1/commit" 2>/dev/null)" = "$commit" ]; then exit 0; fi
rm -rf "$1" "$1-src"
mkdir -p "$1" "$1-src"
git archive "$commit" | tar -x -C "$1-src"
(cd "$1-src" && ./mvnw -q -B package -DskipTests)
cp -a "$1-src/target/quarkus-app/." "$1"
echo "$commit" > "$1/commit"
