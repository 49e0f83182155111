namespace XenMigrate.Sessions;

/// <summary>Hosts that live in this process. Nothing here names a type of XenMigrate.Embedded.</summary>
internal interface IEmbeddedHosts : IDisposable
{
    IReadOnlyList<string> Names { get; }

    IHostConnector Connector { get; }

    /// <summary>Whether a shell leads to one of these hosts.</summary>
    bool Owns(IHostShell shell);

    /// <summary>Breaks something of a host on purpose, or mends it.</summary>
    void Apply(string computerName, IEnumerable<EmbeddedFault> faults);
}
