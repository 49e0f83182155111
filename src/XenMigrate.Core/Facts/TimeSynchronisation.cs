namespace XenMigrate.Facts;

/// <summary>Whether something keeps a host's clock right.</summary>
/// <param name="IsSynchronised">Whether it is now.</param>
/// <param name="Said">Who says so, and in what words.</param>
internal sealed record TimeSynchronisation(bool IsSynchronised, string Said)
{
    private static readonly RemoteCommand s_chrony = new("chronyc", "-n", "tracking");
    private static readonly RemoteCommand s_ntp = new RemoteCommand("ntpstat").AfterFailure();
    // ntpstat is a package of its own, and often not there. Of chronyd ntpq would wait for an answer in vain.
    private static readonly RemoteCommand s_ntpq = RemoteCommand.Script("(pidof ntpd || pgrep -x ntpd) > /dev/null 2>&1 && exec ntpq -c rv").AfterFailure();
    private static readonly RemoteCommand s_systemd = new RemoteCommand("timedatectl", "status").AfterFailure();

    private static readonly LinePattern s_leap = new(@"^Leap status\s*:\s*(?<status>\S.*?)\s*$", RegexOptions.Multiline);

    // The clock itself, by which chronyd goes on when told to ("local stratum 10") and no server is there: 127.127.1.1
    // before version 2, 7F7F0101 since, and 0 before it has chosen anything.
    private static readonly LinePattern s_itself = new(
        @"^Reference ID\s*:\s*(?:7F7F01[0-9A-F]{2}|127\.127\.1\.\d+|0{8}|0\.0\.0\.0)\b", RegexOptions.Multiline);

    // The same of ntpd, whose driver for it is called so.
    private static readonly string[] s_local = ["local net", "local clock", "undisciplined"];

    // "associd=0 status=0615 leap_none, sync_ntp, 1 event, clock_sync," of its first line; sync_local_proto before 4.2.6.
    private static readonly LinePattern s_status = new(
        @"^(?:associd|assID)=0 status=[0-9a-f]+ (?<leap>leap_\w+), (?<source>sync_\w+),", RegexOptions.Multiline);

    // "NTP synchronized" before systemd 235.
    private static readonly LinePattern s_synchronized = new(
        @"^\s*(?:System clock|NTP) synchronized: (?<answer>yes|no)\s*$", RegexOptions.Multiline);

    /// <summary>
    /// Asks the daemons first, which know most, then systemd, which knows the kernel's own word: the kernel takes the clock for
    /// kept right also where ntpd follows that clock itself. Each is asked only if the one before does not answer: systemd may have to
    /// start a service for that.
    /// </summary>
    public static Question<TimeSynchronisation> Question(string host) => new(
        [s_chrony, s_ntp, s_ntpq, s_systemd],
        results => Read(results) ?? throw new RemoteCommandFailedException(host, s_systemd, results[3]));

    private static TimeSynchronisation? Read(IReadOnlyList<CommandResult> results) =>
        Chrony(results[0]) ?? Ntp(results[1]) ?? Ntpq(results[2]) ?? Systemd(results[3]);

    private static TimeSynchronisation? Chrony(CommandResult result) =>
        result.Succeeded && s_leap.Match(result.Output) is { Success: true } match
            ? s_itself.Match(result.Output) is { Success: true } itself
                ? new TimeSynchronisation(false, $"chronyc: {itself.Value.Trim()}, which is its own clock")
                : new TimeSynchronisation(match.Groups["status"].Value != "Not synchronised", $"chronyc: {match.Groups["status"].Value}")
            : null;

    // It ends with 0 if synchronised, with 1 if not, and with 2 if nobody could tell it.
    private static TimeSynchronisation? Ntp(CommandResult result) =>
        (result.ExitCode, FirstLine(result.Output)) switch
        {
            (0, { } line) when line.StartsWith("synchronised", StringComparison.Ordinal) =>
                new TimeSynchronisation(!s_local.Any(line.Contains), "ntpstat: " + line),
            (1, { } line) when line.StartsWith("unsynchronised", StringComparison.Ordinal) => new TimeSynchronisation(false, "ntpstat: " + line),
            _ => null,
        };

    private static TimeSynchronisation? Ntpq(CommandResult result) =>
        result.Succeeded && s_status.Match(result.Output) is { Success: true } match
            ? new TimeSynchronisation(
                match.Groups["leap"].Value != "leap_alarm" && match.Groups["source"].Value is not ("sync_unspec" or "sync_local" or "sync_local_proto"),
                $"ntpq: {match.Groups["leap"].Value}, {match.Groups["source"].Value}")
            : null;

    private static TimeSynchronisation? Systemd(CommandResult result) =>
        result.Succeeded && s_synchronized.Match(result.Output) is { Success: true } match
            ? new TimeSynchronisation(match.Groups["answer"].Value == "yes", "timedatectl: " + match.Value.Trim())
            : null;

    private static string? FirstLine(string text) =>
        text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Trim();
}
