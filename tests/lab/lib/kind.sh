# shellcheck shell=bash disable=SC2034
# What kind of lab it is: the processor and the version of Xen that its hosts came up with.

KIND=$RUN/kind
DEFAULT_PROCESSOR=intel

# QEMU's Westmere: libvirt's Xen driver does not know qemu64, and a PV dom0 crashes under emulation with newer models.
use_kind() { # PROCESSOR VERSION
  PROCESSOR=$1
  use_version "$2"
  case $PROCESSOR in
  intel) MODEL=Westmere HOST_MEMORY=1152 DOM0_MEMORY=400 ;;
  # SVM and nested paging, which QEMU emulates: for HVM and PVH guests. A device model takes 40 MB of dom0.
  amd) MODEL=Westmere,vendor=AuthenticAMD,+svm,+npt HOST_MEMORY=1400 DOM0_MEMORY=512 ;;
  *) die "which processor? intel or amd, not '$1'" ;;
  esac
  DISKS=$CACHE/disks/$PROCESSOR-$VERSION
}

# The kind that the lab is of, or last was.
use_last_kind() {
  local processor=$DEFAULT_PROCESSOR version=$DEFAULT_VERSION
  [[ ! -e $KIND ]] || read -r processor version <"$KIND"
  use_kind "$processor" "$version"
}

# The kind that is asked for. Hosts that run stay what they are.
use_asked_kind() { # PROCESSOR VERSION, each of them empty where nothing is asked
  if [[ ! $(running) ]]; then
    use_kind "${1:-$DEFAULT_PROCESSOR}" "${2:-$DEFAULT_VERSION}"
    echo "$PROCESSOR $VERSION" >"$KIND"
  elif [[ ${1:-$PROCESSOR} != "$PROCESSOR" || ${2:-$VERSION} != "$VERSION" ]]; then
    die "the hosts run, with processor $PROCESSOR and Xen $VERSION: $0 down first"
  fi
}
