namespace XenMigrate.Remote;

/// <summary>How much of what a remote command writes is kept, in characters; the rest is read, counted and forgotten.</summary>
internal static class OutputLimits
{
    /// <summary>Of each stream of one execution.</summary>
    public const int Stream = 16 * 1024 * 1024;

    /// <summary>Of each command in an execution of many: one that floods must not cost the others their answers.</summary>
    public const int CommandOfMany = 4 * 1024 * 1024;

    /// <summary>Of a line that is told while the command runs.</summary>
    public const int Line = 64 * 1024;
}
