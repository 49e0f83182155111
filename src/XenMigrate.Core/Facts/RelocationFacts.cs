namespace XenMigrate.Facts;

/// <summary>What a host of xend's tells of how it takes guests.</summary>
/// <param name="Configuration">xend-config.sxp.</param>
/// <param name="Listeners">The TCP ports listened on.</param>
/// <param name="FullName">The host's full name by its own word, which reverse DNS may or may not share.</param>
internal sealed record RelocationFacts(
    Answer<XendConfiguration> Configuration, Answer<IReadOnlyList<Listener>> Listeners, Answer<string> FullName)
{
    private static readonly RemoteCommand s_fullName = new("hostname", "-f");

    /// <summary>Adds the questions to a survey; call what it returns once that has ended.</summary>
    public static Func<RelocationFacts> Ask(Survey survey, string host)
    {
        Func<Answer<XendConfiguration>> configuration = survey.Add(XendConfiguration.Question(host));
        Func<Answer<IReadOnlyList<Listener>>> listeners = survey.Add(Facts.Listeners.Question(host));
        Func<Answer<string>> fullName = survey.Add(new Question<string>(
            s_fullName,
            result => result.Succeeded ? ParseName(result.Output) : throw new RemoteCommandFailedException(host, s_fullName, result)));
        return () => new RelocationFacts(configuration(), listeners(), fullName());
    }

    private static string ParseName(string output) =>
        output.Trim() is { Length: > 0 and < 256 } name && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? name
            : throw new OutputNotUnderstoodException(s_fullName, "no host name", output);

    /// <summary>What is listened on at a port; none if that is not known.</summary>
    public IEnumerable<Listener> At(int port) => Listeners.Value?.Where(listener => listener.Port == port) ?? [];
}

/// <summary>What came of a connection from the source to the destination's relocation port.</summary>
/// <param name="Port">The port that was tried.</param>
/// <param name="ExitCode">nc's: 0 if somebody answered, 127 if there is no nc.</param>
/// <param name="Error">What nc said.</param>
internal sealed record RelocationProbe(int Port, int ExitCode, string Error)
{
    private const int NotFoundExitCode = 127;

    private static readonly string[] s_usage = ["invalid option", "unrecognized option", "unknown option"];

    public bool Answered => ExitCode == 0;

    // Some programs of that name know no -z.
    public bool CouldNotTry => ExitCode == NotFoundExitCode
        || (!Answered && s_usage.Any(words => Error.Contains(words, StringComparison.OrdinalIgnoreCase)));

    public static RemoteCommand Command(string address, int port) =>
        new("nc", "-z", "-v", "-w", "5", address, FormattableString.Invariant($"{port}"));

    public static Question<RelocationProbe> Question(string address, int port) => new(
        Command(address, port), result => Read(port, result));

    public static RelocationProbe Read(int port, CommandResult result) =>
        new(port, result.ExitCode, (result.Error + result.Output).Trim());
}
