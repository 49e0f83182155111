# shellcheck shell=bash
# ssh keys, made once for a cache folder: ours for both hosts, one of root on the hosts, one host key for each host.
# Rebuilding keeps them, and images of all versions share them.

new_key() { # FILE COMMENT
  [[ -f $1 ]] || ssh-keygen -q -t ed25519 -N '' -C "$2" -f "$1"
}

make_keys() {
  local host
  chmod 700 "$KEYS"
  new_key "$KEYS/id_ed25519" lab
  new_key "$KEYS/hosts_root" root@lab-hosts
  for host in "${HOSTS[@]}"; do new_key "$KEYS/$host" "$host"; done
}

# root of either host may log in to the other, whose key it knows; lab-net puts the right host key in its place at boot.
install_keys() { # uses ROOT
  local host ssh=$ROOT/root/.ssh
  install -d -m 700 "$ssh" "$ROOT/etc/ssh/lab"
  cat "$KEYS/id_ed25519.pub" "$KEYS/hosts_root.pub" >"$ssh/authorized_keys"
  install -m 600 "$KEYS/hosts_root" "$ssh/id_ed25519"
  install -m 644 "$KEYS/hosts_root.pub" "$ssh/id_ed25519.pub"

  for host in "${HOSTS[@]}"; do
    printf '%s,%s.%s %s\n' "$host" "$NET" "$(digit "$host")" "$(cut -d' ' -f1,2 "$KEYS/$host.pub")"
    install -m 600 "$KEYS/$host" "$KEYS/$host.pub" "$ROOT/etc/ssh/lab/"
  done >"$ssh/known_hosts"
  rm -f "$ROOT"/etc/ssh/ssh_host_*
}
