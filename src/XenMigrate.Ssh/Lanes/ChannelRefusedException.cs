namespace XenMigrate.Ssh;

/// <summary>The host opens no further channel on a connection (MaxSessions): nothing was begun.</summary>
internal sealed class ChannelRefusedException(Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>Whether SSH.NET means this by what it threw before a command began: only this has no type of its own.</summary>
    public static bool Is(SshException e) => e.GetType() == typeof(SshException);
}
