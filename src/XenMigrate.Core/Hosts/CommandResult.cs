namespace XenMigrate.Hosts;

/// <summary>How a remote command ended and what it wrote.</summary>
/// <param name="ExitCode">The exit code; 128 + n when signal n ended it, -1 when nobody knows.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether the exit code is 0, which is evidence and no more.</summary>
    public bool Succeeded => ExitCode == 0;
}
