namespace XenMigrate.Sessions;

/// <summary>What is to be broken of an embedded host; null and false leave things as they are.</summary>
internal sealed record EmbeddedFault
{
    /// <summary>Mends everything first.</summary>
    public bool Reset { get; init; }

    public string? BridgeName { get; init; }

    public bool? Relocation { get; init; }

    public string? HostsAllow { get; init; }

    public bool UnmountStorage { get; init; }

    public int? BridgeMtu { get; init; }

    public TimeSpan? ForwardDelay { get; init; }

    public bool StorageReadOnly { get; init; }

    public string? ExportOption { get; init; }

    public bool? TimeServer { get; init; }

    public TimeSpan? Uptime { get; init; }

    public string? Processor { get; init; }

    public string? XenVersion { get; init; }

    public bool WithholdSuspend { get; init; }

    public TimeSpan? ClockOffset { get; init; }

    public int? FreeMemoryMB { get; init; }

    public IReadOnlyList<int> BlockPort { get; init; } = [];

    public IReadOnlyList<int> RejectPort { get; init; } = [];

    public long? LinkBandwidth { get; init; }

    public bool CutLink { get; init; }

    /// <summary>What would be done, in words.</summary>
    public override string ToString() => string.Join(", ", Words());

    public bool IsEmpty => ToString().Length == 0;

    private IEnumerable<string> Words()
    {
        if (Reset)
        {
            yield return "mend everything";
        }

        if (BridgeName is { } bridge)
        {
            yield return $"rename the bridge to {bridge}";
        }

        if (Relocation is { } on)
        {
            yield return on ? "turn relocation on" : "turn relocation off";
        }

        if (HostsAllow is { } allow)
        {
            yield return $"set hosts-allow to '{allow}'";
        }

        if (UnmountStorage)
        {
            yield return "unmount the storage";
        }

        if (StorageReadOnly)
        {
            yield return "mount the storage read-only";
        }

        if (ExportOption is { } options)
        {
            yield return $"export the storage with {options}";
        }

        if (BridgeMtu is { } mtu)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "let the bridge carry frames of {0} bytes", mtu);
        }

        if (ForwardDelay is { } delay)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "let the bridge wait {0:0.###} s before it forwards", delay.TotalSeconds);
        }

        if (TimeServer is { } server)
        {
            yield return server ? "let ntpd find its servers" : "let ntpd lose its servers";
        }

        if (Uptime is { } uptime)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "let it be up for {0:0.###} s", uptime.TotalSeconds);
        }

        if (Processor is { } processor)
        {
            yield return $"give it the CPU {processor}";
        }

        if (XenVersion is { } version)
        {
            yield return $"let its Xen be {version}";
        }

        if (WithholdSuspend)
        {
            yield return "let its guests withhold that they can be suspended";
        }

        if (ClockOffset is { } offset)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "set the clock {0:0.###} s ahead", offset.TotalSeconds);
        }

        if (FreeMemoryMB is { } memory)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "leave {0} MiB free", memory);
        }

        foreach (int port in BlockPort)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "block port {0}", port);
        }

        foreach (int port in RejectPort)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "reject connections to port {0}", port);
        }

        if (LinkBandwidth is { } bandwidth)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "slow the link to {0} bytes/s", bandwidth);
        }

        if (CutLink)
        {
            yield return "cut the link";
        }
    }
}
