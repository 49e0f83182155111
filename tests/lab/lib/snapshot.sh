# shellcheck shell=bash
# The snapshot `ready`: both hosts with their memory and their guests, taken together. It lies in their disks, so it
# also outlives their QEMU processes, until a host boots anew or what they are made of changes.

SNAPSHOT=ready

# A snapshot only fits the image, the emulator and the machine that it was taken with.
machine_id() { printf '%s %s %s\n' "$(image_id)" "$MODEL $HOST_MEMORY" "$(qemu-system-x86_64 --version | head -n 1)"; }

have_snapshot() { [[ -f $DISKS/snapshot && $(<"$DISKS/snapshot") = "$(machine_id)" ]]; }
forget_snapshot() { rm -f "$DISKS/snapshot"; }

# One command to a host's QEMU monitor. QEMU answers, then sees the end of input and hangs up.
monitor() { # HOST COMMAND
  local answer
  answer=$(printf '%s\n' "$2" | timeout 100 socat -t 90 - "UNIX-CONNECT:$RUN/$1.monitor") || return
  ! grep '^Error' <<<"$answer" >&2
}

monitors() { COMMAND=$1 on_both tell_monitor; } # COMMAND
tell_monitor() { monitor "$1" "$COMMAND"; } # HOST

# Both stand still before either is saved or loaded: neither sees the other at another time.
take_snapshot() {
  monitors stop && monitors "savevm $SNAPSHOT" && monitors cont || die "the snapshot could not be taken"
  machine_id >"$DISKS/snapshot"
}

# In new QEMU processes: one that already ran does not let the processor's time stamp counter go back, so the hosts
# would see a jump as long as the time since the snapshot, and Xen's clock stalls and watchdogs bite.
load_snapshot() {
  local host
  down
  claim_ports
  for host in "${HOSTS[@]}"; do start_host "$host" -S; done
  monitors "loadvm $SNAPSHOT" && monitors cont || die "the snapshot could not be loaded: $0 down, then $0 up --cold"
  on_both set_clock
}
