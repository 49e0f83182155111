#!/bin/bash
# build.sh VERSION: builds everything that hosts of this version of Xen boot from into $IMAGE:
#   base.img               root file system of both hosts (they tell themselves apart by the kernel command line)
#   share.img              what lies in /var/lib/libvirt/images at first
#   xen, xen-noshadow      hypervisor with shadow paging, and the newest one without, if there is one
#   vmlinux, host.initrd   dom0's kernel and initial ramdisk, which QEMU hands to Xen
# Runs in a mount namespace of its own (see `build` in ../lab): its mounts are gone when it ends, however it ends.
set -euo pipefail
shopt -s inherit_errexit
umask 022

HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../lib/settings.sh
. "$HERE/../lib/settings.sh"
# shellcheck source=../lib/versions.sh
. "$HERE/../lib/versions.sh"
use_version "$1"
# shellcheck source=keys.sh
. "$HERE/keys.sh"
# shellcheck source=packages.sh
. "$HERE/packages.sh"
# shellcheck source=hypervisor.sh
. "$HERE/hypervisor.sh"
# shellcheck source=kernel.sh
. "$HERE/kernel.sh"
# shellcheck source=configure.sh
. "$HERE/configure.sh"

WORK=$CACHE/build
ROOT=$WORK/root
NEW=$IMAGE.new

step() { say "$(printf '%3d s  %s' "$SECONDS" "$*")"; }

mkdir -p "$WORK" "$KEYS" "$LOGS"
rm -rf "$NEW"
mkdir -p "$NEW"
mount -t tmpfs -o size=4g,mode=755 lab-build "$WORK"

step "installing Debian $SUITE with Xen $XEN_VERSION (log: $LOGS/packages.log)"
install_packages "$ROOT" >"$LOGS/packages.log" 2>&1 || {
  tail -n 15 "$LOGS/packages.log" >&2
  die "Debian could not be installed"
}

step "choosing the hypervisor"
choose_hypervisor "$ROOT"

step "unpacking the kernel, packing initial ramdisks"
KERNEL=$(basename "$ROOT"/lib/modules/*)
extract_vmlinux "$ROOT/boot/vmlinuz-$KERNEL" "$NEW/vmlinux"
pack_initrd "$NEW/host.initrd" "$HERE/host.init" virtio_pci virtio_blk virtio_net ext4
gcc -O2 -static -s -o "$WORK/alive" "$HERE/guest/alive.c"
pack_initrd "$NEW/guest.initrd" "$HERE/guest/init" xen-netfront xen-blkfront ext4 "$WORK/alive"

step "configuring the hosts"
make_keys
configure_root
trim_root

step "writing the image"
truncate -s 1700M "$NEW/base.img"
mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -m 0 -E lazy_itable_init=0 -d "$ROOT" -F "$NEW/base.img"
# With a journal: et-virt07 may be killed, and its next boot mounts it again.
truncate -s 2G "$NEW/share.img"
mke2fs -q -t ext4 -J size=8 -m 0 -E lazy_itable_init=0 -d "$SHARE" -F "$NEW/share.img"
debugfs -w -R 'rmdir lost+found' "$NEW/share.img" 2>/dev/null

# Hosts that run meanwhile keep the old files open.
rm -rf "$IMAGE"
mv "$NEW" "$IMAGE"
step "built: $(du -sh "$IMAGE" | cut -f1) in $IMAGE"
