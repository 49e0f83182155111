# shellcheck shell=bash
# What this machine must have; said all at once, with the command that helps.

# command:package
TOOLS=(
  debootstrap:debootstrap qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils cpio:cpio zstd:zstd xz:xz-utils
  socat:socat gcc:gcc ssh:openssh-client ssh-keygen:openssh-client mke2fs:e2fsprogs flock:util-linux
  unshare:util-linux strip:binutils ss:iproute2
)

need_root() {
  [[ $(id -u) = 0 ]] || die "needs root (it installs a Debian system in a chroot): sudo $0"
}

need_packages() {
  local tool missing=()
  for tool in "${TOOLS[@]}"; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  # gcc alone cannot link: the guest's program is static
  [[ -e /usr/include/stdio.h ]] || missing+=(libc6-dev)

  ((${#missing[@]} == 0)) && return
  die "missing packages. Do this, then try again:
  apt-get install -y --no-install-recommends $(printf '%s\n' "${missing[@]}" | sort -u | tr '\n' ' ')"
}

need_space() { # GIGABYTES
  local free
  mkdir -p "$CACHE"
  free=$(df --output=avail -k "$CACHE" | tail -n 1)
  ((free >= $1 * 1024 * 1024)) ||
    die "$CACHE has $((free / 1024 / 1024)) GB free, $1 GB are needed: free some, or set XENMIGRATE_LAB to another folder"
}

need_memory() { # GIGABYTES
  local free
  free=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
  ((free >= $1 * 1024 * 1024)) || die "$((free / 1024 / 1024)) GB of memory are free, $1 GB are needed"
}
