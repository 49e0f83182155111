# shellcheck shell=bash disable=SC2034
# Where things are and what they are called. Everything else sources this first.

CACHE=${XENMIGRATE_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/xenmigrate-lab}
KEYS=$CACHE/keys     # private keys: they never leave this folder
RUN=$CACHE/run       # pid files and monitor sockets of the two hosts
LOGS=$CACHE/logs
SSH_CONFIG=$CACHE/ssh_config

HOSTS=(et-virt07 et-virt08)
GUESTS=(testvm1 testvm2)
GUEST_HOST=et-virt08 # where `up` starts the guests
NET=10.77.0          # the segment between the hosts; et-virt07 is .7, et-virt08 is .8

HOST_CPUS=1
BOOT_LIMIT=240       # seconds until a host that does not answer counts as broken

say() { printf '%s\n' "lab: $*" >&2; }
die() { say "$*"; exit 1; }

# The two hosts differ by one digit: et-virt07 has MAC …:07 and address .7.
digit() { printf '%s' "${1: -1}"; }

# 7, 07 and et-virt07 all name the same host.
host_name() {
  case ${1:-} in
  7 | 07 | et-virt07) echo et-virt07 ;;
  8 | 08 | et-virt08) echo et-virt08 ;;
  *) die "which host? 07 or 08, not '${1:-}'" ;;
  esac
}
