namespace XenMigrate.Guards;

/// <summary>
/// How a host keeps leases: a file for each guest that is worked on, with who works on it and until when, by the time
/// since the host was booted, which no clock sets. A lease that is not renewed ends by itself; so does every one at a boot.
/// A tool that somebody started for a guest keeps the guest for whoever started it, as long as it runs.
/// </summary>
internal static class LeaseScript
{
    /// <summary>The exit code of what was not done because of a lease. No tool of ours has it.</summary>
    public const int Refused = 78;

    public const string HeldMark = "xenmigrate-held ";
    public const string LostMark = "xenmigrate-lost ";

    /// <summary>
    /// Functions for scripts that have set uuid, token (empty for who only wants to know that nobody else is at work), holder,
    /// mode (take or hold) and the guest's name, by which it is found when somebody has given it another.
    /// </summary>
    // One lock for all guests of a host, held for the moment that a file is read and written. flock(1) came with util-linux
    // in 2003, and the kernel lets go of what its holder had.
    public const string Functions =
        """
        run=${XENMIGRATE_RUN:-/run/xenmigrate}
        since_boot() {
          read -r up rest < /proc/uptime
          up=${up%%.*}
        }
        started() {
          stat=
          { read -r stat < "/proc/$1/stat"; } 2>/dev/null
          stat=${stat##*) }
          set -- $stat
          [ $# -lt 20 ] || { shift 19; echo "$1"; }
        }
        works() {
          pid= begun= booted= whose= what=
          [ ! -e "$run/guest-$uuid.work" ] || read -r pid begun booted whose what < "$run/guest-$uuid.work"
          [ -n "$pid" ] && [ "$booted" = "$boot_now" ] && [ "$(started "$pid")" = "$begun" ]
        }
        refuse() {
          printf '%s\n' "xenmigrate-$1 $2" >&2
          exit 78
        }
        lease() {
          [ -n "$uuid" ] || return 0
          [ -d "$run" ] || (umask 077; mkdir -p "$run")
          exec 9>>"$run/lock" && flock 9 || refuse held "nobody, but its lease can't be kept in $run on this host"
          since_boot
          read -r boot_now < /proc/sys/kernel/random/boot_id
          owner= until=0 booted= by=
          [ ! -e "$run/guest-$uuid.lease" ] || read -r owner until booted by < "$run/guest-$uuid.lease"
          [ "$booted" = "$boot_now" ] || owner=
          if [ "$owner" != "$token" ] || [ -z "$token" ]; then
            if [ -n "$owner" ] && [ "$until" -ge "$up" ]; then
              [ "$mode" = hold ] && refuse lost "$by"
              refuse held "$by"
            fi
            ! works || refuse held "${by:-somebody}, whose '$what' (process $pid) runs still"
            [ "$mode" != hold ] || refuse lost "nobody any more"
          fi
          if [ -n "$token" ]; then
            [ -e "$run/guest-$uuid.lease" ] || (umask 077; : > "$run/guest-$uuid.lease")
            printf '%s %s %s %s\n' "$token" $((up + 60)) "$boot_now" "$holder" > "$run/guest-$uuid.lease" ||
              refuse held "nobody, but its lease can't be written in $run on this host"
            [ "$mode" = hold ] || [ -z "$name" ] || printf '%s %s\n' "$boot_now" "$name" > "$run/guest-$uuid.name"
          fi
          exec 9>&-
        }

        """;
}
