# shellcheck shell=bash
# The kernel unpacked, and initial ramdisks that hold busybox, a few modules and one script.

# Unpacked here once, the kernel needn't be unpacked at each boot under emulation, which takes many seconds.
# A bzImage says where its payload is: https://docs.kernel.org/arch/x86/boot.html (setup_sects, payload_offset)
extract_vmlinux() { # BZIMAGE OUT
  local sectors offset length
  sectors=$(od -An -tu1 -j "$((0x1f1))" -N 1 "$1")
  read -r offset length < <(od -An -tu4 -j "$((0x248))" -N 8 "$1")
  dd if="$1" of="$WORK/payload" bs=1M iflag=skip_bytes,count_bytes status=none \
    skip="$(((sectors + 1) * 512 + offset))" count="$length"

  # four bytes after the compressed data tell its unpacked size
  case $(od -An -tx1 -N 4 "$WORK/payload" | tr -d ' ') in
  fd377a58) xz -dc --single-stream "$WORK/payload" >"$2" ;;
  28b52ffd) head -c -4 "$WORK/payload" | zstd -qdc >"$2" ;;
  *) die "$1 is packed in a way not known here (xz and zstd are)" ;;
  esac
  [[ $(od -An -tx1 -N 4 "$2") = ' 7f 45 4c 46' ]] || die "no ELF kernel came out of $1"
}

# Files of a module and of those it needs, in loading order, as paths below the root
module_files() { # MODULE…
  local module
  for module in "$@"; do
    chroot "$ROOT" modprobe -S "$KERNEL" --show-depends "$module" 2>/dev/null | awk '/^insmod/ { print $2 }' || true
  done | awk '!seen[$0]++'
}

pack_initrd() { # OUT INIT (MODULE | /FILE)…
  local out=$1 init=$2 item file modules=() folder
  shift 2
  folder=$(mktemp -d -p "$WORK")
  mkdir "$folder/bin" "$folder/lib"
  cp "$ROOT/bin/busybox" "$folder/bin/"
  install -m 755 "$init" "$folder/init"
  for item in "$@"; do
    if [[ $item = /* ]]; then install -m 755 "$item" "$folder/"; else modules+=("$item"); fi
  done

  while read -r file; do
    cp "$ROOT$file" "$folder/lib/"
    [[ $file != *.xz ]] || { xz -d "$folder/lib/${file##*/}"; file=${file%.xz}; } # since Debian 13
    strip -g "$folder/lib/${file##*/}"
    echo "/lib/${file##*/}" >>"$folder/modules"
  done < <(module_files "${modules[@]}")
  (cd "$folder" && find . | cpio -o -H newc --quiet) | zstd -q -3 >"$out"
}
