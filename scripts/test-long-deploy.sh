#!/usr/bin/env bash
# What ships in deploy/, run for real: the image built from the unchanged Dockerfile and run without rights, and the unit
# in a booted systemd. Needs root on Debian, for it installs what makes and runs containers (apt-get): buildah, podman,
# runc, debootstrap. Takes about five minutes.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "test-long-deploy: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail 'not root, who makes containers here; run it as root on Debian, in a machine of its own'
tools=(buildah podman runc debootstrap catatonit)
missing=0
for tool in "${tools[@]}"; do command -v "$tool" >/dev/null || missing=1; done
if [ $missing = 1 ]; then
  echo "installing ${tools[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${tools[@]}" >/dev/null
fi
npm run -s build
exec npx jest --config test/long/deploy/jest.config.cjs "$@"
