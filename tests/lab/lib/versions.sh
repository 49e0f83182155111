# shellcheck shell=bash disable=SC2034
# Xen's versions, each with the release of Debian that has it.

DEFAULT_VERSION=4.17

use_version() { # VERSION: sets what an image of it is made of, and where it lies
  VERSION=$1
  XEN_VERSION=${VERSION%-noshadow}
  XEN_FILE=xen${VERSION#"$XEN_VERSION"}
  case $XEN_VERSION in
  4.14) SUITE=bullseye DEVICE_MODEL=qemu-system-x86 ;;
  4.17) SUITE=bookworm DEVICE_MODEL=qemu-system-xen ;; # the newest release whose Xen still has shadow paging
  4.20) SUITE=trixie DEVICE_MODEL=qemu-system-xen ;;   # without: PV guests come in live, but not out
  *) die "which Xen? 4.14, 4.17, 4.20, or 4.17-noshadow, not '$1'" ;;
  esac
  IMAGE=$CACHE/images/$XEN_VERSION # base image, hypervisors, kernel, initial ramdisks
}
