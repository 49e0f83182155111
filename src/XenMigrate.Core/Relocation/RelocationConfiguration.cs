namespace XenMigrate;

/// <summary>How a host takes guests from others: what its xend makes of xend-config.sxp.</summary>
public sealed record RelocationConfiguration
{
    internal RelocationConfiguration(string computerName, string path, XendConfiguration effective)
    {
        ComputerName = computerName;
        Path = path;
        Server = effective.RelocationServer;
        Port = effective.RelocationPort;
        Address = PrintableText.Line(effective.RelocationAddress);
        Allow = effective.HostsAllow;
        HostsAllow = PrintableText.Lines(Allow.Patterns.Select(pattern => pattern.Text)).Indexed();
        SslServer = effective.RelocationSslServer;
        SslPort = effective.RelocationSslPort;
        Ssl = effective.RelocationSsl;
    }

    public string ComputerName { get; }

    /// <summary>The file on the host.</summary>
    public string Path { get; }

    /// <summary>Whether xend takes guests.</summary>
    public bool Server { get; }

    public int Port { get; }

    /// <summary>The address that xend listens on; "" for all.</summary>
    public string Address { get; }

    /// <summary>Who may send guests, as regular expressions that are matched at the beginning; none for everybody.</summary>
    public IReadOnlyList<string> HostsAllow { get; }

    public bool SslServer { get; }

    public int SslPort { get; }

    /// <summary>Whether xm migrate uses TLS if it is not told.</summary>
    public bool Ssl { get; }

    /// <summary>Each value with its place in the file.</summary>
    public IReadOnlyList<RelocationSetting> Setting { get; internal init => field = value.Indexed(); } = IndexedList<RelocationSetting>.None;

    /// <summary>What is wrong or risky with it.</summary>
    public IReadOnlyList<string> Finding { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>Where the file is as it was before a change; null if nothing was changed.</summary>
    public string? BackupPath { get; internal init; }

    internal HostsAllow Allow { get; }

    public override string ToString() =>
        Server ? string.Format(CultureInfo.InvariantCulture, "{0} takes guests on port {1}", ComputerName, Port) : $"{ComputerName} takes no guests";
}

/// <summary>One value of a relocation configuration.</summary>
public sealed record RelocationSetting(string ComputerName, string Name, string Value, bool IsDefault, int? Line)
{
    /// <summary>The host.</summary>
    public string ComputerName { get; internal init; } = ComputerName;

    /// <summary>The element's name in xend-config.sxp.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = PrintableText.Line(Name);

    /// <summary>What xend takes.</summary>
    public string Value { get; internal init => field = PrintableText.Line(value); } = PrintableText.Line(Value);

    /// <summary>Whether the file says nothing, so that it is xend's own default.</summary>
    public bool IsDefault { get; internal init; } = IsDefault;

    /// <summary>The line of the file that says it.</summary>
    public int? Line { get; internal init; } = Line;

    public override string ToString() => $"{Name} {Value}";
}
