# shellcheck shell=bash
# A Debian system with Xen in a folder, from the mirrors that this machine's own apt uses.

PACKAGES=(
  systemd-sysv kmod dbus procps less iproute2 iputils-ping file
  linux-image-amd64 "xen-hypervisor-$XEN_VERSION-amd64" "xen-utils-$XEN_VERSION" xenstore-utils
  libvirt-daemon-system libvirt-daemon-driver-xen libvirt-clients iptables
  openssh-server openssh-client nfs-kernel-server nfs-common rpcbind chrony mtools syslinux
  "$DEVICE_MODEL" bridge-utils lsof socat netcat-openbsd busybox-static xz-utils zstd strace fish tcsh
)

# "URI SUITE COMPONENT" of each of this machine's Debian sources for the suite, security updates included; a release that
# this machine's apt does not know comes from where its own does.
debian_sources() {
  local all ours
  all=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian')
  ours=$(awk -v suite="$SUITE" '($2 == suite || $2 ~ "^" suite "-(security|updates)$") && $3 == "main"' <<<"$all" | sort -u)
  [[ $ours ]] || ours=$(awk -v suite="$SUITE" '$2 !~ /-/ && $3 == "main" { print $1, suite, $3; exit }' <<<"$all")
  printf '%s\n' "$ours"
}

install_packages() { # ROOT
  local root=$1 sources mirror
  sources=$(debian_sources)
  mirror=$(awk -v suite="$SUITE" '$2 == suite { print $1; exit }' <<<"$sources")
  [[ $mirror ]] || die "apt on this machine has no source for Debian $SUITE (main): add one, then apt-get update"

  debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$root" "$mirror" || return
  awk '{ print "deb", $0 }' <<<"$sources" >"$root/etc/apt/sources.list"
  cp /etc/resolv.conf "$root/etc/resolv.conf"

  cat >"$root/etc/apt/apt.conf.d/lab" <<'END'
APT::Install-Recommends "false";
Acquire::Languages "none";
END
  cat >"$root/etc/dpkg/dpkg.cfg.d/lab" <<'END'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/info/*
END
  # no service starts in the chroot
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"

  mount -t proc proc "$root/proc"
  mount -t sysfs sysfs "$root/sys"
  mount --bind /dev "$root/dev"
  chroot "$root" apt-get -q update || return
  # INITRD=No: the kernel's package makes no initrd, we pack our own
  INITRD=No LC_ALL=C DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -q -y install "${PACKAGES[@]}" </dev/null
}
