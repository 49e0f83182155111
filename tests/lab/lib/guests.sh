# shellcheck shell=bash
# The two guests, started on $GUEST_HOST.

# xl returns before the guest's kernel has run; the first heartbeat on the console tells that it is up.
start_guests() {
  LIMIT=150 on "$GUEST_HOST" bash -s "${GUESTS[@]}" <<'END'
for guest; do xl create -q "/etc/xen/$guest.cfg" </dev/null & done
wait
for guest; do
  for try in $(seq 200); do
    grep -q "^$guest .* beat " "/var/log/xen/console/guest-$guest.log" 2>/dev/null && continue 2
    sleep 0.5
  done
  echo "$guest: no heartbeat on its console" >&2
  tail -n 20 "/var/log/xen/console/guest-$guest.log" >&2
  exit 1
done
END
}

list_guests() { # HOST
  LIMIT=30 on "$1" 'xl list | tail -n +3' </dev/null
}
