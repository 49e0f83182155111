# shellcheck shell=bash
# Ports on 127.0.0.1: several labs run side by side, each in a folder of its own and with a number of its own.

NUMBER_FILE=$RUN/number

number() { cat "$NUMBER_FILE" 2>/dev/null || echo 0; }
ssh_port() { printf '22%s%s' "$(number)" "$(digit "$1")"; }     # HOST; 2207 and 2208 in the first lab
segment_port() { printf '24%s%s' "$(number)" "$(digit "$1")"; } # HOST; UDP

# The number that the lab had, or else the first whose ports are free.
claim_ports() {
  local number taken=
  for number in $(printf '%s\n' "$(number)" {0..9} | awk '!seen[$0]++'); do
    echo "$number" >"$NUMBER_FILE"
    taken=$(taken_ports)
    [[ $taken ]] || break
    say "taken: $taken"
  done
  [[ ! $taken ]] || die "no ports are free for this lab's hosts"
  client_files
}

# "127.0.0.1:2207 by users:((…))" of each port of ours that another program has
taken_ports() {
  local host
  for host in "${HOSTS[@]}"; do
    ss -Hltnp "sport = :$(ssh_port "$host")"
    ss -Hlunp "sport = :$(segment_port "$host")"
  done | awk '{ printf "%s%s by %s", separator, $4, $6; separator = ", " }'
}

# What ssh has to know of the hosts.
client_files() {
  local host
  for host in "${HOSTS[@]}"; do
    printf '[127.0.0.1]:%s %s\n' "$(ssh_port "$host")" "$(cut -d' ' -f1,2 "$KEYS/$host.pub")"
  done >"$KEYS/known_hosts"
  for host in "${HOSTS[@]}"; do client_config "$host"; done >"$SSH_CONFIG"
}

client_config() { # HOST
  cat <<CONFIG
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

CONFIG
}
