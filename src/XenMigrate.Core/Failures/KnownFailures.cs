namespace XenMigrate.Failures;

/// <summary>Finds in what the tools wrote why they failed.</summary>
internal static class KnownFailures
{
    // A first cause brings later ones with it: a broken stream follows from nearly everything. So the first of these that any
    // line tells is the cause, in whatever order the lines came.
    private static readonly string[] s_order =
    [
        "HostKeyChanged", "HostKeyUnknown", "SshAlgorithmsDiffer", "AuthenticationFailed", "LoginShellUnusable", "RelocationDenied",
        "PortUnreachable", "PrivilegeRequired", "ToolstackNotFound", "GuestBusy", "LogDirtyUnsupported", "NameCollision",
        "InsufficientMemory", "DiskInUse", "DiskMissing", "DiskNotWritable", "BridgeMissing", "RemotePathInvalid",
        "GuestNotSuspendable", "GuestNotRunning", "CpuIncompatible", "NotSupportedByToolstack", "DeviceFailed",
        "SavedGuestCorrupt", "GuestNotFound", "TransportBroken",
    ];

    public static IReadOnlyList<FailureCause> All { get; } =
    [
        .. new[] { SshMessages.All, HotplugMessages.All, XlMessages.All, LibvirtMessages.All, XendMessages.All, TransferMessages.All }
            .SelectMany(messages => messages)
            .OrderBy(cause => Array.IndexOf(s_order, cause.ErrorId)),
    ];

    /// <summary>The cause; null if no line tells.</summary>
    /// <param name="lines">What the tools wrote.</param>
    /// <param name="ofXend">Whether xend wrote them: then no ssh did, and of what other tools say too, its own advice counts.</param>
    public static FailureCause? In(IReadOnlyList<string> lines, bool ofXend = false)
    {
        string[] said = [.. lines.Where(line => !ToolWords.IsOurs(line))];
        FailureCause[] told = [.. All.Where(cause => !(ofXend && SshMessages.All.Contains(cause)) && said.Any(cause.IsReportedBy))];
        return told.FirstOrDefault(cause => ofXend && cause.ErrorId == told[0].ErrorId && XendMessages.All.Contains(cause)) ?? told.FirstOrDefault();
    }

    /// <summary>Whether it is something that tools fail of, which clocks that differ, say, are not.</summary>
    public static bool IsKnown(string errorId) => s_order.Contains(errorId);
}
