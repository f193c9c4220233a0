# Sourced by ./mvnw and ./muster: leaves JAVA_HOME at a JDK of version 25 or newer, or says what to install.
# Looks at JAVA_HOME, MUSTER_JDK, the java on the PATH, and the usual places of Linux, macOS, SDKMAN and IDEs.

muster_jdk_version() { # the feature version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

muster_find_jdk() {
  for home in "${MUSTER_JDK-}" "${JAVA_HOME-}" \
    "$(java_on_path="$(command -v java 2>/dev/null)" && readlink -f "$java_on_path" 2>/dev/null | sed 's|/bin/java$||')" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/*; do
    [ -n "$home" ] || continue
    version=$(muster_jdk_version "$home")
    if [ "${version:-0}" -ge 25 ]; then
      printf %s "$home"
      return 0
    fi
  done
  return 1
}

case $- in *f*) muster_noglob=yes && set +f ;; *) muster_noglob=no ;; esac
if JAVA_HOME=$(muster_find_jdk); then
  export JAVA_HOME
else
  cat >&2 <<'TEXT'
Muster needs a JDK 25 or newer, and none was found (looked at MUSTER_JDK, JAVA_HOME, the PATH and the usual folders).
Install one, for example Eclipse Temurin 25:
  Debian, Ubuntu   apt install temurin-25-jdk      (or: openjdk-25-jdk, where the release has it)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install --cask temurin@25
  anywhere         sdk install java 25-tem         (https://sdkman.io), or https://adoptium.net
A JDK in an unusual folder is found through MUSTER_JDK=/path/to/jdk.
TEXT
  exit 1
fi
[ "$muster_noglob" = no ] || set -f
unset muster_noglob
