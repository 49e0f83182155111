namespace XenMigrate;

/// <summary>A host's save helper could be neither put there nor taken away; what was there is as it was.</summary>
public sealed class HelperChangeFailedException(string host, string reason, string? advice = null)
    : XenMigrateException($"The save helper of {host} is as it was: {reason}", advice ?? $"See what {host} says, and try again.")
{
    public string Host { get; } = host;
}

/// <summary>The save helper of a host is at work, or a daemon there relies on it.</summary>
public sealed class HelperInUseException : XenMigrateException
{
    public HelperInUseException(string host)
        : base(
            $"The save helper of {host} is at work: a guest leaves or comes just now.",
            "Wait for the end of the move, and give the command again.") => Host = host;

    public HelperInUseException(string host, string daemon)
        : base(
            $"{daemon} on {host} was told to start the save helper for all of its guests, and could save and move none without it.",
            $"Take LIBXL_SAVE_HELPER out of the environment of {daemon}, restart it, and give the command again.") => Host = host;

    public string Host { get; }
}

/// <summary>This copy of the module has no save helper to install.</summary>
public sealed class HelperNotShippedException(string path) : XenMigrateException(
    $"This copy of XenMigrate has no save helper: there is no {path}.",
    "Use the published module, or build it on Linux (x86-64), where the helper is built too.")
{
    public string Path { get; } = path;
}
