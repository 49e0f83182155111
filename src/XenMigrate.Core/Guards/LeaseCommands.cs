namespace XenMigrate.Guards;

/// <summary>What is asked of a host about leases by itself; acts on guests bring their own question along.</summary>
internal static class LeaseCommands
{
    public const string Name = "keep leases";

    public const string KeepScript = "uuid=$1 token=$2 mode=$3 holder=$4 name=$5\n" + LeaseScript.Functions + "lease";

    public const string ReleaseScript =
        "uuid=$1 token=$2\n" + LeaseScript.Functions +
        """
        exec 9>>"$run/lock" && flock 9
        owner=
        [ ! -e "$run/guest-$uuid.lease" ] || read -r owner rest < "$run/guest-$uuid.lease"
        [ "$owner" != "$token" ] || : > "$run/guest-$uuid.lease"
        """;

    // A lease that has ended says nothing; what its holder started and still runs does.
    public const string ListScript =
        LeaseScript.Functions +
        """
        since_boot
        read -r boot_now < /proc/sys/kernel/random/boot_id
        echo "boot $boot_now"
        for file in "$run"/guest-*.lease; do
          [ -e "$file" ] || continue
          uuid=${file##*/guest-} uuid=${uuid%.lease}
          read -r owner until booted by < "$file"
          [ "$booted" != "$boot_now" ] || [ "$until" -lt "$up" ] || printf 'lease %s %s %s %s\n' "$uuid" "$owner" $((until - up)) "$by"
        done
        for file in "$run"/guest-*.work; do
          [ -e "$file" ] || continue
          uuid=${file##*/guest-} uuid=${uuid%.work}
          if works; then
            printf 'work %s %s %s %s\n' "$uuid" "$pid" "$whose" "$what"
          fi
        done
        for kind in given name; do
          for file in "$run"/guest-*."$kind"; do
            [ -e "$file" ] || continue
            uuid=${file##*/guest-} uuid=${uuid%.*}
            read -r booted told < "$file"
            [ "$booted" != "$boot_now" ] || printf '%s %s %s\n' "$kind" "$uuid" "$told"
          done
        done
        """;

    // What became of the tool that a holder started for a guest: it runs, or it ended with a code, or it ended and nobody
    // knows how; or it was not started since the host was booted.
    public const string WorkScript =
        "uuid=$1 token=$2\n" + LeaseScript.Functions +
        """
        read -r boot_now < /proc/sys/kernel/random/boot_id
        if works; then
          echo "runs $pid"
        elif [ -n "$pid" ] && [ "$booted" = "$boot_now" ] && [ "$whose" = "$token" ]; then
          code=
          # Whoever notes how it ended may be at it.
          [ -s "$run/guest-$uuid.exit" ] || sleep 1
          [ ! -s "$run/guest-$uuid.exit" ] || read -r code < "$run/guest-$uuid.exit"
          echo "ended ${code:--1}"
        else
          echo none
        fi
        """;

    public static RemoteCommand Take(Guid uuid, LeaseHolder holder, string name) =>
        RemoteCommand.Script(KeepScript, uuid.ToString(), holder.Token.ToString("N"), "take", holder.Text, name).Named(Name);

    public static RemoteCommand Renew(Guid uuid, LeaseHolder holder) =>
        RemoteCommand.Script(KeepScript, uuid.ToString(), holder.Token.ToString("N"), "hold", holder.Text, "").Named(Name);

    public static RemoteCommand Release(Guid uuid, LeaseHolder holder) =>
        RemoteCommand.Script(ReleaseScript, uuid.ToString(), holder.Token.ToString("N")).Named(Name);

    public static RemoteCommand Work(Guid uuid, LeaseHolder holder) =>
        RemoteCommand.Script(WorkScript, uuid.ToString(), holder.Token.ToString("N")).Named(Name);

    /// <summary>What a host keeps in mind of the guests that are or were worked on.</summary>
    public static Question<HostNotes> List { get; } = new(RemoteCommand.Script(ListScript).Named(Name), result => HostNotes.Parse(result.Output));

    /// <summary>Whether a command is one of these.</summary>
    public static bool Is(IReadOnlyList<string> words) =>
        words.Count > 2 && words[2] is KeepScript or ReleaseScript or WorkScript or ListScript;
}
