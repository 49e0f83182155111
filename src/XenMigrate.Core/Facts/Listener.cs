namespace XenMigrate.Facts;

/// <summary>A TCP port that a program on a host listens on.</summary>
/// <param name="Address">The address, or * for all.</param>
/// <param name="Port">The port.</param>
/// <param name="Program">The program's name, cut as lsof cuts it.</param>
internal sealed record Listener(string Address, int Port, string Program)
{
    /// <summary>Whether only the host itself can reach it.</summary>
    public bool IsLocal => Address.StartsWith("127.", StringComparison.Ordinal) || Address is "[::1]" or "localhost";
}

/// <summary>The ports that lsof lists.</summary>
internal static class Listeners
{
    private static readonly LinePattern s_line = new(
        @"^(?<program>\S+)\s.*\sTCP (?<address>\S+):(?<port>\d+) \(LISTEN\)\s*$");

    public static RemoteCommand Command { get; } = new("lsof", "-n", "-P", "-i", "TCP", "-s", "TCP:LISTEN");

    // lsof ends with 1 if it lists nothing, and says something if it could not look.
    public static Question<IReadOnlyList<Listener>> Question(string host) => new(
        Command,
        result => result.Succeeded || (result.ExitCode == 1 && result.Error.Trim().Length == 0)
            ? Parse(result.Output)
            : throw new RemoteCommandFailedException(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">A line is none of lsof's.</exception>
    public static IReadOnlyList<Listener> Parse(string output) =>
    [
        .. OutputLines.Of(Command, output)
            .Where(line => !line.StartsWith("COMMAND ", StringComparison.Ordinal))
            .Select(line => line.Contains(" TCP ")
                ? s_line.Match(line)
                : throw new OutputNotUnderstoodException(Command, $"no socket: {line}", output))
            .Where(match => match.Success && match.Groups["port"].Length <= 5)
            .Select(match => new Listener(
                match.Groups["address"].Value,
                int.Parse(match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture),
                match.Groups["program"].Value)),
    ];
}
