# Sourced by ./mvnw, ./demo and ./bench: makes JAVA_HOME a JDK 25 or newer, or stops with a sentence.
# Maven toolchains would not do: Quarkus builds the application inside Maven's own JVM.

jdk_release() { # prints the feature release of the JDK in $1, nothing if there is no JDK
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || :
}

jdk_fits() { r=$(jdk_release "$1"); [ -n "$r" ] && [ "$r" -ge 25 ]; }

jdk_on_path() { # prints the folder of the javac on the PATH, links followed
  file=$(command -v javac) || return 0
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in /*) file=$link ;; *) file=$(dirname "$file")/$link ;; esac
  done
  (cd -P "$(dirname "$file")/.." && pwd)
}

jdk_of_java() { # prints what java says: the one on the PATH may be a script that starts another
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

use_jdk() {
  jdk_fits "$1" || return 1
  [ -t 2 ] && echo "Using the JDK in $1" >&2
  JAVA_HOME=$1
  export JAVA_HOME
}

select_jdk() {
  if [ -n "${JAVA_HOME-}" ] && jdk_fits "$JAVA_HOME"; then return 0; fi
  if use_jdk "$(jdk_on_path)"; then return 0; fi
  set +f
  for candidate in /usr/lib/jvm/* /usr/java/* /usr/local/jdk* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if use_jdk "$candidate"; then return 0; fi
  done
  if use_jdk "$(jdk_of_java)"; then return 0; fi
  echo "No JDK 25 or newer was found. Install one (for example Temurin 25) or set JAVA_HOME to its folder." >&2
  exit 1
}

select_jdk
