# shellcheck shell=bash
# One host: a QEMU process, its disk, and ssh into it.

# What a host is told that asks this machine for its time (lab-time).
MACHINE_TIME="guestfwd=tcp:10.0.2.37:37-cmd:date +%s.%N"

# Ahead of builds and tests that run meanwhile: a starved host misses its own time limits. Idle hosts take little.
PRIORITY=-12

# Prints the pid if the host runs; a pid counts only if that process has our pid file on its command line.
host_pid() { # HOST
  local pid
  pid=$(cat "$RUN/$1.pid" 2>/dev/null) || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF "$RUN/$1.pid" || return 1
  printf '%s' "$pid"
}

running() { # prints the hosts that run
  local host
  for host in "${HOSTS[@]}"; do if host_pid "$host" >/dev/null; then echo "$host"; fi; done
}

# Runs a command on a host, for at most $LIMIT seconds.
on() { # HOST COMMAND…
  local host=$1
  shift
  timeout "${LIMIT:-60}" ssh -F "$SSH_CONFIG" -o LogLevel=ERROR "$host" "$@"
}

# Calls FUNCTION with each host's name in parallel; fails if a call does.
on_each() { # FUNCTION HOST…
  local host pid pids=() status=0
  for host in "${@:2}"; do
    "$1" "$host" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  return $status
}

on_both() { on_each "$1" "${HOSTS[@]}"; } # FUNCTION

answers() { LIMIT=30 on "$1" true </dev/null 2>/dev/null; } # HOST

# The snapshot lies in the disks that the hosts came up with. A host that boots while the other runs gets another disk,
# so that both can still go back. The share is a disk of et-virt07's own and outlives its boots, into whatever version.
DISK=
fresh_disks() { # HOST…
  local host
  mkdir -p "$DISKS"
  if [[ $(running) ]]; then
    DISK=.spare
  else
    forget_snapshot
    overlay "$IMAGE/share.img" "$DISKS/share.qcow2"
  fi
  for host; do overlay "$IMAGE/base.img" "$DISKS/$host$DISK.qcow2"; done
}

overlay() { # BASE FILE
  rm -f "$2"
  qemu-img create -q -f qcow2 -b "$1" -F raw "$2"
}

# QEMU loads Xen by multiboot, with dom0's kernel and initial ramdisk as modules.
start_host() { # HOST [QEMU OPTION…]
  local host=$1 n peer xen kernel share=()
  shift
  n=$(digit "$host")
  peer=et-virt0$((15 - n))
  ((n == 8)) || share=(-drive "if=none,id=d1,file=$DISKS/share.qcow2,format=qcow2,cache=unsafe" -device virtio-blk-pci,drive=d1)

  xen="dom0_mem=${DOM0_MEMORY}M,max:${DOM0_MEMORY}M dom0_max_vcpus=1 loglvl=all guest_loglvl=all com1=115200,8n1 console=com1"
  xen+=" spec-ctrl=no xpti=off pv-l1tf=off bootscrub=0 noreboot watchdog=0 ucode=no cpuidle=0 cpufreq=none nmi=ignore iommu=0"
  kernel="root=/dev/vda rw console=hvc0 net.ifnames=0 mitigations=off audit=0 apparmor=0 random.trust_cpu=on loglevel=5"
  kernel+=" systemd.machine_id=$(printf '77%030d' "$n") lab.host=$host lab.ip=$NET.$n"

  nice -n "$PRIORITY" qemu-system-x86_64 -name "$host" -daemonize -pidfile "$RUN/$host.pid" -D "$LOGS/$host.qemu.log" \
    -uuid "77000000-0000-4000-8000-00000000000$n" \
    -accel tcg,thread=multi,tb-size=256 -machine pc,usb=off,vmport=off -cpu "$MODEL" -smp "$HOST_CPUS" -m "$HOST_MEMORY" \
    -nodefaults -no-user-config -display none -no-reboot \
    -serial "file:$LOGS/$host.serial.log" -monitor "unix:$RUN/$host.monitor,server=on,wait=off" \
    -kernel "$IMAGE/$XEN_FILE" -append "$xen" -initrd "$IMAGE/vmlinux $kernel,$IMAGE/host.initrd" \
    -drive "if=none,id=d0,file=$DISKS/$host$DISK.qcow2,format=qcow2,cache=unsafe" -device virtio-blk-pci,drive=d0 \
    "${share[@]}" \
    -netdev "user,id=n0,restrict=on,ipv4=on,ipv6=off,hostfwd=tcp:127.0.0.1:$(ssh_port "$host")-:22,$MACHINE_TIME" \
    -device "virtio-net-pci,netdev=n0,mac=52:54:00:00:00:0$n,romfile=" \
    -netdev "dgram,id=n1,local.type=inet,local.host=127.0.0.1,local.port=$(segment_port "$host"),remote.type=inet,remote.host=127.0.0.1,remote.port=$(segment_port "$peer")" \
    -device "virtio-net-pci,netdev=n1,mac=52:54:00:77:00:0$n,romfile=" \
    -object rng-random,id=r0,filename=/dev/urandom -device virtio-rng-pci,rng=r0 \
    "$@" </dev/null 9>&- || die "$host: QEMU did not start"
  echo "$VERSION" >"$RUN/$host.version"
  # where the kernel groups processes by session, nice alone has no effect between sessions
  echo "$PRIORITY" 2>/dev/null >"/proc/$(host_pid "$host")/autogroup" || true
}

# Until ssh, xl, libvirt and the shared storage answer.
wait_host() { # HOST
  local deadline=$((SECONDS + BOOT_LIMIT))
  until LIMIT=10 on "$1" -o ConnectTimeout=3 true </dev/null 2>/dev/null; do
    host_pid "$1" >/dev/null || broken "$1" "its QEMU ended"
    ((SECONDS < deadline)) || broken "$1" "no ssh after $BOOT_LIMIT s"
    sleep 0.3
  done
  LIMIT=120 on "$1" lab-ready </dev/null || broken "$1" "xl, libvirt or the share does not answer (/tmp/lab-ready.log there)"
}

broken() { # HOST WHY
  tail -n 30 "$LOGS/$1.serial.log" >&2 || true
  die "$1: $2; above, the end of $LOGS/$1.serial.log"
}

# A process that has ended but was not yet collected by its parent counts as gone.
gone() { [[ ! -e /proc/$1 ]] || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; } # PID

kill_host() { # HOST SIGNAL
  local pid tries=0
  if pid=$(host_pid "$1"); then
    kill "-$2" "$pid"
    until gone "$pid"; do
      ((++tries < 200)) || kill -KILL "$pid"
      sleep 0.05
    done
  fi
  rm -f "$RUN/$1.pid" "$RUN/$1.monitor"
}

# To this machine's time, with the guests' clocks.
set_clock() { LIMIT=30 on "$1" lab-clock </dev/null || die "$1: its clock could not be set"; } # HOST
