namespace XenMigrate.Remote;

/// <summary>What a toolstack says of its host. Memory is in MiB.</summary>
internal sealed record HostInformation(
    string XenVersion,
    long TotalMemoryMB,
    long FreeMemoryMB,
    string? CpuModel,
    string? Scheduler,
    string BootId,
    TimeSpan ClockOffset)
{
    /// <summary>What tells the machine from others, whatever it is called.</summary>
    public HostIdentity Identity { get; init; } = HostIdentity.Unknown;

    public string XenVersion { get; init => field = PrintableText.Line(value); } = PrintableText.Line(XenVersion);

    public string? CpuModel { get; init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(CpuModel);

    public string? Scheduler { get; init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Scheduler);
}
