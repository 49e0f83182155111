namespace XenMigrate.Facts;

/// <summary>What came of an ssh from the source to the destination, made as xl would make it.</summary>
/// <param name="ExitCode">ssh's: 255 if ssh itself failed.</param>
/// <param name="Noise">What the destination's login shell wrote before our command did; "" is right.</param>
/// <param name="BootId">The boot id of the machine that was reached, or null.</param>
/// <param name="XlPath">Where a non-interactive shell there finds xl, or null.</param>
/// <param name="Error">What ssh said, and the far end's banner with it.</param>
internal sealed record SshProbe(int ExitCode, string Noise, string? BootId, string? XlPath, string Error)
{
    /// <summary>The connection that was made, where it was to stay; null for none.</summary>
    public SharedConnection? Connection { get; init; }

    // ssh then does not show the banner. What carries a guest can't have it: ssh would not say either how its connection ended.
    private static readonly string[] s_quiet = ["-o", "LogLevel=ERROR"];

    /// <summary>What ssh itself said: by this alone it is judged, whatever words a banner has.</summary>
    public string Said => SshLines.Own(Error);

    /// <summary>What to show: ssh's words, or all there are where none is ssh's.</summary>
    public string Shown => Said.Length > 0 ? Said : Error;

    private static readonly Regex s_answer = new(
        @"^(?<noise>.*?)xenmigrate-probe (?<boot>\S*) (?<xl>\S*)\n?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static readonly RemoteCommand s_there = RemoteCommand.Script(
        """read -r boot < /proc/sys/kernel/random/boot_id; echo "xenmigrate-probe $boot $(command -v xl)" """);

    public static RemoteCommand Command(string migrationAddress) =>
        new([.. XlMigrate.SshWords, .. s_quiet, migrationAddress, s_there.ToString()]);

    /// <param name="migrationAddress">What the source calls the destination.</param>
    /// <param name="sharing">What tells a connection from others that is to stay for a transfer; null if none is.</param>
    public static Question<SshProbe> Question(string migrationAddress, Guid? sharing = null) => new(
        sharing is { } token ? SharedConnection.Open(token, Command(migrationAddress)) : Command(migrationAddress), result => Read(result, sharing));

    private static SshProbe Read(CommandResult result, Guid? sharing)
    {
        (string output, SharedConnection? connection) = sharing is { } token ? SharedConnection.Take(result.Output, token) : (result.Output, null);
        Match match = s_answer.Match(output);
        SshProbe probe = match.Success
            ? new SshProbe(
                result.ExitCode,
                match.Groups["noise"].Value,
                Or(match.Groups["boot"].Value),
                Or(match.Groups["xl"].Value),
                result.Error.Trim())
            : new SshProbe(result.ExitCode, output, null, null, result.Error.Trim());
        return probe with { Connection = connection };
    }

    private static string? Or(string text) => text.Length > 0 ? text : null;
}
