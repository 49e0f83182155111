namespace XenMigrate.Ssh;

/// <summary>
/// What ssh_config says of one kind of algorithm: a list in place of the default one, or + to append to it, - to take away
/// from it, ^ to put in front of it; with wildcards.
/// </summary>
/// <param name="Keyword">As people write it.</param>
/// <param name="Written">The list; null for the default.</param>
internal sealed record AlgorithmList(string Keyword, string? Written = null)
{
    private const string Prefixes = "+-^";

    private static readonly string[] s_weak = ["sha1", "md5", "-cbc", "arcfour", "ripemd"];
    private static readonly string[] s_weakKeys = ["ssh-rsa", "ssh-dss"];

    /// <summary>Whether the order is the configuration's: then what is known of a host does not change it.</summary>
    public bool IsOrdered => Written is { Length: > 0 } && (Written[0] == '^' || !Prefixes.Contains(Written[0]));

    /// <summary>Which of the algorithms that there are may be used, the best first.</summary>
    /// <exception cref="ConfigurationInvalidException">None.</exception>
    public IReadOnlyList<string> Of(IReadOnlyList<string> all)
    {
        List<string> usual = [.. all.Where(name => !IsWeak(name))];
        if (string.IsNullOrEmpty(Written))
        {
            return usual;
        }

        char prefix = Prefixes.Contains(Written![0]) ? Written[0] : ' ';
        List<string> named = Named(Written.TrimStart(Prefixes.ToCharArray()), all);
        List<string> list = prefix switch
        {
            '+' => [.. usual, .. named],
            '-' => [.. usual.Except(named)],
            '^' => [.. named, .. usual],
            _ => named,
        };

        return list.Count > 0
            ? [.. list.Distinct()]
            : throw new ConfigurationInvalidException(
                Keyword, $"it leaves no algorithm that is supported here: {Written} (there are {string.Join(", ", all)})");
    }

    /// <summary>SHA-1, MD5 and CBC: they are off unless the configuration names them.</summary>
    private static bool IsWeak(string name) =>
        s_weak.Any(weak => name.Contains(weak)) || s_weakKeys.Any(weak => name.StartsWith(weak, StringComparison.Ordinal));

    // What OpenSSH knows and we don't, such as umac, is left out.
    private static List<string> Named(string list, IReadOnlyList<string> all) =>
    [
        .. list.Split([','], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(pattern => all.Where(name => HostPatterns.MatchOne(pattern.Trim(), name))),
    ];
}
