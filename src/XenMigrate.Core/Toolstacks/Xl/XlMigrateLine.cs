namespace XenMigrate.Toolstacks.Xl;

/// <summary>The lines of <c>xl -vvv migrate</c> that tell how far a move is; those of the suspension need <c>-vvv</c>.</summary>
internal enum XlMark
{
    None,
    ReceiverReady,
    CopyingMemory,

    /// <summary>The guest was asked to suspend: from here on an abort could cost more than it saves.</summary>
    SuspendRequested,

    /// <summary>The guest does as it was asked, and does nothing else from here on.</summary>
    SuspendAcknowledged,

    /// <summary>The guest stands still.</summary>
    Suspended,

    /// <summary>The destination has all of it.</summary>
    TransferComplete,

    /// <summary>The source gave the guest away: only the destination may start it now.</summary>
    PermissionGiven,

    /// <summary>The guest runs at the destination.</summary>
    TargetStarted,
    Successful,
}

internal static class XlMigrateLine
{
    private static readonly (string Text, XlMark Mark)[] s_marks =
    [
        ("migration target: Ready to receive domain", XlMark.ReceiverReady),
        ("xc: info: Saving domain", XlMark.CopyingMemory),
        ("suspend request via", XlMark.SuspendRequested),
        ("issuing PVHVM suspend request", XlMark.SuspendRequested),
        ("Calling xc_domain_shutdown on HVM domain", XlMark.SuspendRequested),
        ("guest acknowledged suspend request", XlMark.SuspendAcknowledged),
        ("guest has suspended", XlMark.Suspended),
        ("migration sender: Target has acknowledged transfer", XlMark.TransferComplete),
        ("migration sender: Giving target permission to start", XlMark.PermissionGiven),
        // xl has spelt it with three s since its first day; somebody may mend that.
        ("migration target: Domain started success", XlMark.TargetStarted),
        ("Migration successful.", XlMark.Successful),
    ];

    // Receiver and sender share one stream, so a debug line may begin in the middle of another.
    private static readonly Regex s_chatter = new(
        @"(^|\s)(debug|detail|verbose): |^libxl\w*\.c:\d+:", RegexOptions.CultureInvariant);

    public static XlMark Mark(string line)
    {
        foreach ((string text, XlMark mark) in s_marks)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return mark;
            }
        }

        return XlMark.None;
    }

    /// <summary>Whether a person would want to read it.</summary>
    public static bool IsWorthKeeping(string line) =>
        line.Trim() is not ("" or "libxl:")
        && !s_chatter.IsMatch(line)
        && !line.StartsWith("xencall:buffer:", StringComparison.Ordinal)
        && !line.StartsWith(RemoteProcess.Mark, StringComparison.Ordinal)
        && !line.StartsWith(XlMigrate.TransportMark, StringComparison.Ordinal);
}
