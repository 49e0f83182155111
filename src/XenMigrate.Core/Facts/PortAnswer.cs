namespace XenMigrate.Facts;

/// <summary>What became of an attempt to connect to a port.</summary>
internal enum PortAnswer
{
    /// <summary>What was said of it does not tell.</summary>
    Unclear,

    /// <summary>The host itself said that nobody listens: nothing in between keeps connections back.</summary>
    Refused,

    /// <summary>Nobody answered, or somebody in between said no.</summary>
    Filtered,
}

internal static class PortAnswers
{
    private static readonly string[] s_refused = ["Connection refused"];

    // That a network is unreachable, its own routes tell the host, and no packet filter. A packet filter that rejects makes it "No route to host"; OpenBSD's nc waits until the "Operation now in progress".
    private static readonly string[] s_filtered =
        ["timed out", "timeout", "No route to host", "Operation now in progress", "prohibited", "Operation not permitted"];

    /// <summary>Reads the words of ssh or nc.</summary>
    public static PortAnswer Of(string error)
    {
        return s_refused.Any(Said) ? PortAnswer.Refused : s_filtered.Any(Said) ? PortAnswer.Filtered : PortAnswer.Unclear;

        bool Said(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
