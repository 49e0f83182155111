namespace XenMigrate.Ssh;

/// <summary>What the configuration says of one host: for each keyword the first value that was met.</summary>
internal sealed class SshHostOptions
{
    private readonly Dictionary<string, SshDirective> _first = new(StringComparer.Ordinal);
    private readonly List<string> _identityFiles = [];
    private readonly List<string> _certificateFiles = [];

    public string? HostName => Value("hostname");

    public string? User => Value("user");

    public string? HostKeyAlias => Value("hostkeyalias");

    public int? Port => Number("port") is int port && port is > 0 and < 65536 ? port : null;

    public int? ServerAliveInterval => Number("serveraliveinterval");

    public bool HashKnownHosts => string.Equals(Value("hashknownhosts"), "yes", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string>? UserKnownHostsFiles => List("userknownhostsfile");

    public IReadOnlyList<string>? GlobalKnownHostsFiles => List("globalknownhostsfile");

    /// <summary>Every IdentityFile that applies, in order: this keyword accumulates.</summary>
    public IReadOnlyList<string> IdentityFiles => _identityFiles;

    public IReadOnlyList<string> CertificateFiles => _certificateFiles;

    public bool AcceptsNewHostKeys => Is("stricthostkeychecking", "accept-new");

    /// <summary>The smallest RSA key to take, in bits; null for ssh's own limit.</summary>
    public int? RequiredRsaSize => Number("requiredrsasize");

    /// <summary>Files with host keys that are not trusted any more.</summary>
    public IReadOnlyList<string> RevokedHostKeys =>
        [.. (List("revokedhostkeys") ?? []).Where(file => NotNone(file) is not null)];

    public SshAlgorithms Algorithms => new()
    {
        KeyExchange = new("KexAlgorithms", Value("kexalgorithms")),
        Ciphers = new("Ciphers", Value("ciphers")),
        Macs = new("MACs", Value("macs")),
        HostKeys = new("HostKeyAlgorithms", Value("hostkeyalgorithms")),
        UserKeys = new("PubkeyAcceptedAlgorithms", Value("pubkeyacceptedalgorithms") ?? Value("pubkeyacceptedkeytypes")),
    };

    /// <summary>The ways to log in that are left, the first that is tried first, by the protocol's names.</summary>
    public IReadOnlyList<string> Authentications =>
    [
        .. (Value("preferredauthentications")?.Split(',') ?? SshTarget.AllAuthentications)
            .Select(method => method.Trim().ToLowerInvariant())
            .Where(method => !(method switch
            {
                "publickey" => Is("pubkeyauthentication", "no"),
                "password" => Is("passwordauthentication", "no"),
                "keyboard-interactive" =>
                    Is("kbdinteractiveauthentication", "no") || Is("challengeresponseauthentication", "no"),
                _ => true,
            })),
    ];

    /// <summary>The first line of those that may apply or not, as we can't tell, and on which whom we trust depends.</summary>
    public SshDirective? Unevaluated { get; set; }

    /// <summary>All of a keyword's line.</summary>
    public string? Text(string keyword) =>
        List(keyword.ToLowerInvariant()) is { } words ? string.Join(" ", words) : null;

    /// <summary>The hosts to go through, as written; null for none.</summary>
    public string? ProxyJump => NotNone(_first.TryGetValue("proxyjump", out SshDirective? jump) ? jump.Rest : null);

    /// <summary>A program to connect through; null for none.</summary>
    public string? ProxyCommand =>
        NotNone(_first.TryGetValue("proxycommand", out SshDirective? command) ? command.Rest : null);

    public void Add(SshDirective directive)
    {
        if (directive.Arguments.Count == 0)
        {
            return;
        }

        switch (directive.Keyword)
        {
            case "identityfile":
                _identityFiles.Add(directive.Arguments[0]);
                break;
            case "certificatefile":
                _certificateFiles.Add(directive.Arguments[0]);
                break;
            // Whichever of the two comes first keeps the other out.
            case "proxyjump" when _first.ContainsKey("proxycommand"):
            case "proxycommand" when _first.ContainsKey("proxyjump"):
                break;
            default:
                _first[directive.Keyword] =
                    _first.TryGetValue(directive.Keyword, out SshDirective? earlier) ? earlier : directive;
                break;
        }
    }

    private string? Value(string keyword) =>
        _first.TryGetValue(keyword, out SshDirective? directive) ? directive.Arguments[0] : null;

    private IReadOnlyList<string>? List(string keyword) =>
        _first.TryGetValue(keyword, out SshDirective? directive) ? directive.Arguments : null;

    private bool Is(string keyword, string value) =>
        string.Equals(Value(keyword), value, StringComparison.OrdinalIgnoreCase);

    private int? Number(string keyword) =>
        int.TryParse(Value(keyword), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string? NotNone(string? value) =>
        string.Equals(value?.Trim(), "none", StringComparison.OrdinalIgnoreCase) ? null : value?.Trim();
}
