# Sourced by ./mvnw, ./demo and ./bench: makes JAVA_HOME a JDK 25 or newer, or stops with a sentence.
# Maven toolchains would not do: Quarkus builds the application inside Maven's own JVM.

jdk_release() { # prints the feature release of the JDK in $1, nothing if there is no JDK
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || :
}

jdk_fits() { r=$(jdk_release "$1"); [ -n "$r" ] && [ "$r" -ge 25 ]; }

select_jdk() {
  if [ -n "${JAVA_HOME-}" ] && jdk_fits "$JAVA_HOME"; then return 0; fi
  set +f
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_fits "$candidate"; then
      [ -t 2 ] && echo "Using the JDK in $candidate" >&2
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "No JDK 25 or newer was found. Install one (for example Temurin 25) or set JAVA_HOME to its folder." >&2
  exit 1
}

select_jdk
