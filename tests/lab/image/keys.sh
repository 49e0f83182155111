# shellcheck shell=bash
# ssh keys, made once for a cache folder: ours for both hosts, one of root on the hosts, one host key for each host.
# Rebuilding keeps them, so that known_hosts stays right.

new_key() { # FILE COMMENT
  [[ -f $1 ]] || ssh-keygen -q -t ed25519 -N '' -C "$2" -f "$1"
}

make_keys() {
  local host
  chmod 700 "$KEYS"
  new_key "$KEYS/id_ed25519" lab
  new_key "$KEYS/hosts_root" root@lab-hosts
  for host in "${HOSTS[@]}"; do new_key "$KEYS/$host" "$host"; done

  for host in "${HOSTS[@]}"; do
    printf '[127.0.0.1]:%s %s\n' "$(ssh_port "$host")" "$(cut -d' ' -f1,2 "$KEYS/$host.pub")"
  done >"$KEYS/known_hosts"
  for host in "${HOSTS[@]}"; do client_config "$host"; done >"$SSH_CONFIG"
}

client_config() { # HOST
  cat <<END
Host $1
  HostName 127.0.0.1
  Port $(ssh_port "$1")
  User root
  IdentityFile "$KEYS/id_ed25519"
  IdentitiesOnly yes
  UserKnownHostsFile "$KEYS/known_hosts"
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 20
  ServerAliveInterval 20
  KexAlgorithms ^curve25519-sha256

END
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
