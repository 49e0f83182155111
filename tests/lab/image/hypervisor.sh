# shellcheck shell=bash
# Which hypervisor? A PV guest migrates live only with shadow paging (log-dirty mode). Debian's security update for
# XSA-495 is built without it, so the newest package is not the one: we look at the configuration each was built with.

choose_hypervisor() { # ROOT; writes $NEW/xen and, if there is one, $NEW/xen-noshadow
  local root=$1 package=xen-hypervisor-$XEN_VERSION-amd64 version file folder=$WORK/hypervisor
  for version in $(chroot "$root" apt-cache madison "$package" | awk '{ print $3 }'); do
    rm -rf "$folder" "$root"/tmp/*.deb
    chroot "$root" sh -c 'cd /tmp && apt-get -q download "$1"' - "$package=$version" >>"$LOGS/packages.log" 2>&1
    dpkg-deb -x "$root"/tmp/xen-hypervisor-*.deb "$folder"

    if grep -q '^CONFIG_SHADOW_PAGING=y' "$folder"/boot/xen-*.config; then file=xen; else file=xen-noshadow; fi
    [[ -e $NEW/$file ]] && continue
    zcat "$folder"/boot/xen-*.gz >"$NEW/$file"
    say "       $file is $version"
  done
  rm -f "$root"/tmp/*.deb

  [[ -e $NEW/xen ]] && return
  say "       no Xen $XEN_VERSION with shadow paging: PV guests cannot leave a host live, HVM and PVH guests can"
  cp "$NEW/xen-noshadow" "$NEW/xen"
}
