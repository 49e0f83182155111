namespace XenMigrate.Ssh;

/// <summary>How often a host is asked whether it is still there, and how long it may take to answer.</summary>
/// <remarks>A control domain in the middle of a migration is slow to answer, and losing its output costs more.</remarks>
internal sealed record SshTimes(TimeSpan BetweenBeats, TimeSpan Silence)
{
    public static SshTimes Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45));
}
