using System;

namespace XenMigrate.Hosts;

/// <summary>What a toolstack says of its host. Memory is in MiB.</summary>
internal sealed record HostInformation(
    string XenVersion,
    long TotalMemoryMB,
    long FreeMemoryMB,
    string? CpuModel,
    string? Scheduler,
    string BootId,
    TimeSpan ClockOffset);
