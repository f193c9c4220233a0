# Sourced by ./muster, ./muster-agent and ./muster-control, which set `here` to this checkout: finds a JDK 25, builds what is missing or
# older than its sources. MUSTER_BUILD=never starts what is built, however old.
. "$here/.mvn/jdk.sh"

built() { # whether every module named has its jar and its libraries
  local module
  for module in "$@"; do
    [ -f "$here/$module/target/muster-$module.jar" ] && [ -d "$here/$module/target/lib" ] || return 1
  done
  [ -f "$here/cli/target/questdb/questdb.jar" ]
}

sources_newer_than() { # whether anything that goes into a program changed after file $1 was written
  [ -n "$(find "$here/pom.xml" "$here"/{protocol,settings,simulator,agent,control-api,cli}/{pom.xml,src/main} -newer "$1" 2>/dev/null | head -n 1)" ]
}

up_to_date() {
  local module stamp="$here/cli/target/built"
  built "$@" || return 1
  if [ -f "$stamp" ] && ! sources_newer_than "$stamp"; then return 0; fi
  # Built by Maven alone: then the jars themselves tell when.
  for module in "$@"; do
    if sources_newer_than "$here/$module/target/muster-$module.jar"; then return 1; fi
  done
}

build() {
  local begun="$here/target/building"
  echo "Building Muster (first time: about a minute) …" >&2
  mkdir -p "$here/target"
  : >"$begun"
  # Tests, formatting and the bill of materials are ./mvnw verify's business.
  (cd "$here" && ./mvnw -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true \
    -pl cli,agent,control-api,simulator -am package) || {
    echo "Muster could not be built: see above." >&2
    exit 1
  }
  mv "$begun" "$here/cli/target/built" # keeps the time at which the build began
}

if [ "${MUSTER_BUILD-}" != never ] && ! up_to_date cli agent control-api simulator; then build; fi
