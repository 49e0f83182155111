namespace XenMigrate.Ssh;

/// <summary>
/// Keywords of ssh_config on which it depends whom we trust. One that asks for more than we do is an error that names it:
/// whoever wrote it relies on it.
/// </summary>
internal static class SecurityKeywords
{
    // Beside what we do for every host anyway.
    private static readonly (string Name, string[] Obeyed)[] s_values =
    [
        ("CanonicalizeHostname", ["no", "false"]),
        ("KnownHostsCommand", ["none"]),
        ("Protocol", ["2"]),
        ("RekeyLimit", ["default", "default none"]),
        ("StrictHostKeyChecking", ["yes", "true", "ask", "accept-new"]),
        ("VerifyHostKeyDNS", ["no", "false"]),
    ];

    // What restricts and is obeyed, wherever we can tell that it applies. CASignatureAlgorithms restricts the signatures
    // of host certificates, of which we accept none.
    private static readonly string[] s_obeyed =
    [
        "RevokedHostKeys", "KexAlgorithms", "Ciphers", "MACs", "HostKeyAlgorithms", "PubkeyAcceptedAlgorithms",
        "PubkeyAcceptedKeyTypes", "CASignatureAlgorithms", "RequiredRSASize", "PasswordAuthentication",
        "KbdInteractiveAuthentication", "ChallengeResponseAuthentication", "PubkeyAuthentication", "PreferredAuthentications",
    ];

    private static readonly HashSet<string> s_all =
        new(s_values.Select(value => value.Name).Concat(s_obeyed), StringComparer.OrdinalIgnoreCase);

    public static bool Has(string keyword) => s_all.Contains(keyword);

    /// <summary>What the configuration wants of a host that we don't do; null for nothing.</summary>
    public static string? Unobeyed(SshHostOptions options)
    {
        foreach ((string name, string[] obeyed) in s_values)
        {
            if (options.Text(name) is { } value && !obeyed.Contains(value.ToLowerInvariant()))
            {
                return $"{name} {value}";
            }
        }

        return options.Unevaluated is { } unevaluated
            ? $"{Written(unevaluated.Keyword)} in a Match block that is not 'Match all'"
            : null;
    }

    private static string Written(string keyword) =>
        s_all.First(name => string.Equals(name, keyword, StringComparison.OrdinalIgnoreCase));
}
