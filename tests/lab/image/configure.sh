# shellcheck shell=bash
# Makes the plain Debian tree a lab host, and drops what would only slow its boot.

configure_root() {
  local guest
  SHARE=$WORK/share # becomes et-virt07's /var/lib/libvirt/images (see lab-nfs)
  tar -C "$HERE/host" --owner=0 --group=0 --mode=a+rX,go-w -c . | tar -C "$ROOT" -x --keep-directory-symlink
  sed -i "s/VERSION/$XEN_VERSION/" "$ROOT/etc/default/xen"
  gcc -O2 -static -s -o "$ROOT/usr/local/sbin/lab-time" "$HERE/lab-time.c" -lm
  # Xen hides SEP on AMD's processors; libvirt's Xen driver knows no model without it, and gives up.
  sed -i "/name='sep'/d" "$ROOT/usr/share/libvirt/cpu_map/x86_Opteron_G1.xml"
  install_keys
  echo localhost >"$ROOT/etc/hostname"
  : >"$ROOT/etc/fstab"
  rm -f "$ROOT/etc/resolv.conf"
  tr -d - </proc/sys/kernel/random/uuid >"$ROOT/etc/machine-id" # each host has its own by kernel command line

  chroot "$ROOT" systemctl -q enable lab-net lab-nfs lab-time chrony xen ssh libvirtd
  while read -r unit; do ln -sf /dev/null "$ROOT/etc/systemd/system/$unit"; done < <(grep -v '^#' "$HERE/masked-units")
  ln -sf /lib/systemd/system/multi-user.target "$ROOT/etc/systemd/system/default.target"

  install -D -t "$ROOT/boot/guest" -m 644 "$NEW/vmlinux"
  install -m 644 "$ROOT/boot/vmlinuz-$KERNEL" "$ROOT/boot/guest/vmlinuz"
  mv "$NEW/guest.initrd" "$ROOT/boot/guest/initrd"
  ln -s "/usr/lib/xen-$XEN_VERSION/boot/hvmloader" "$ROOT/boot/guest/hvmloader"
  boot_disk
  guest_files testvm1 "$NET.101" 96 0 0
  guest_files testvm2 "$NET.102" 128 32 50

  # A folder both hosts see and only root reads: for moves by way of a file
  install -d -m 700 "$SHARE/xenmigrate"
  # xenconsoled names the log after the guest's name while it comes in; the two known guests keep one log
  install -d "$ROOT/var/log/xen/console"
  for guest in "${GUESTS[@]}"; do
    ln -s "guest-$guest.log" "$ROOT/var/log/xen/console/guest-$guest--incoming.log"
  done
}

# A disk that an HVM guest boots from, once lab-guest has added its kernel's command line
boot_disk() {
  truncate -s 64M "$ROOT/boot/guest/disk.img"
  chroot "$ROOT" sh -c 'cd /boot/guest && mformat -i disk.img -F -h 16 -s 63 -t 130 && mcopy -i disk.img vmlinuz initrd :: && syslinux -i disk.img'
}

guest_files() { # NAME IP MEMORY DIRTY_MB RATE
  local disk=/var/lib/libvirt/images/$1.img
  mkdir -p "$SHARE"
  truncate -s 16M "$SHARE/$1.img"
  mke2fs -q -t ext2 -F "$SHARE/$1.img"
  chroot "$ROOT" lab-guest "$@" "$disk" >"$ROOT/etc/xen/$1.cfg"
  chroot "$ROOT" lab-guest-xml "$@" "$disk" >"$ROOT/etc/xen/$1.xml"
}

trim_root() {
  umount "$ROOT/dev" "$ROOT/sys" "$ROOT/proc"
  rm -rf "$ROOT"/usr/sbin/policy-rc.d "$ROOT"/boot/{vmlinuz,initrd.img,System.map,xen}-* "$ROOT"/var/{cache,lib}/apt/*
  : >"$ROOT/etc/apt/sources.list" # the mirror is this machine's affair
  trim_modules
}

trim_modules() {
  local modules=$ROOT/lib/modules/$KERNEL
  mapfile -t wanted < <(grep -v '^#' "$HERE/modules" | xargs -n 1)
  module_files "${wanted[@]}" | sed 's#^/usr##' | sort >"$WORK/keep"
  find "$modules" -name '*.ko*' -printf "/lib/modules/$KERNEL/%P\n" | sort >"$WORK/all"
  comm -23 "$WORK/all" "$WORK/keep" | sed "s#^#$ROOT#" | xargs rm -f
  chroot "$ROOT" depmod "$KERNEL"
}
