#!/usr/bin/env bash
# Makes a folder with a small Debian that boots systemd, and installs Ambit there as docs/systemd.md says: the built
# checkout in /usr/lib/ambit, unit, user and configuration from deploy/systemd, the example policies.
# Usage, as root: host-root.sh FOLDER NODE_BIN
set -euo pipefail
cd "$(dirname "$0")/../../../.."
root=$1
node=$(realpath "$2")
debootstrap --variant=minbase --include=systemd,systemd-sysv bookworm "$root" >"$root.log" || {
  tail -5 "$root.log" >&2
  exit 1
}
install -m 755 "$node" "$root/usr/bin/node"
mkdir -p "$root/usr/lib/ambit"
cp -r dist proto schema package.json package-lock.json "$root/usr/lib/ambit/"
npm ci --silent --ignore-scripts --omit=dev --no-audit --no-fund --prefix "$root/usr/lib/ambit"
install -D -m 644 deploy/systemd/ambit.service "$root/usr/lib/systemd/system/ambit.service"
install -D -m 644 deploy/systemd/ambit.sysusers.conf "$root/usr/lib/sysusers.d/ambit.conf"
chroot "$root" systemd-sysusers
group=$(chroot "$root" getent group ambit | cut -d: -f3)
install -d -m 750 -g "$group" "$root/etc/ambit" "$root/etc/ambit/policy"
install -m 640 -g "$group" deploy/systemd/ambit.yaml "$root/etc/ambit/ambit.yaml"
install -m 640 -g "$group" deploy/examples/*.yaml "$root/etc/ambit/policy/"
chroot "$root" systemctl enable --quiet ambit.service
