namespace XenMigrate.Relocation;

/// <summary>What is wanted of a host's relocation configuration; null leaves a value as it is.</summary>
internal sealed record RelocationSettings
{
    public const string ServerName = "xend-relocation-server";
    public const string PortName = "xend-relocation-port";
    public const string AddressName = "xend-relocation-address";
    public const string HostsAllowName = "xend-relocation-hosts-allow";
    public const string SslServerName = "xend-relocation-ssl-server";
    public const string SslPortName = "xend-relocation-ssl-port";
    public const string SslName = "xend-relocation-ssl";

    /// <summary>The elements of the file, in its order.</summary>
    public static readonly IReadOnlyList<string> Names =
        [ServerName, PortName, AddressName, HostsAllowName, SslServerName, SslPortName, SslName];

    public bool? Server { get; init; }

    public int? Port { get; init; }

    public string? Address { get; init; }

    public string? HostsAllow { get; init; }

    public bool? SslServer { get; init; }

    public int? SslPort { get; init; }

    public bool? Ssl { get; init; }

    /// <summary>Whether it may end with a server that lets every host in.</summary>
    public bool AllowAnyHost { get; init; }

    /// <summary>The names and values of the elements to set.</summary>
    public IEnumerable<(string Name, string Value)> Elements => new (string Name, string? Value)[]
    {
        (ServerName, Word(Server)),
        (PortName, Word(Port)),
        (AddressName, Address),
        (HostsAllowName, HostsAllow),
        (SslServerName, Word(SslServer)),
        (SslPortName, Word(SslPort)),
        (SslName, Word(Ssl)),
    }.Where(element => element.Value is not null).Select(element => (element.Name, element.Value!));

    private static string? Word(bool? value) => value is { } flag ? flag ? "yes" : "no" : null;

    private static string? Word(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
