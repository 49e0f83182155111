namespace XenMigrate.Sessions;

/// <summary>One table of sessions for each runspace; it ends with the runspace, or with the module in it.</summary>
internal static class RunspaceSessions
{
    // Weak in its keys: this holds no runspace and so no state of its own.
    private static readonly ConditionalWeakTable<Runspace, HostSessions> s_sessions = new();

    public static HostSessions For(Runspace runspace) => s_sessions.GetValue(runspace, Create);

    /// <summary>Ends all sessions of a runspace. The next cmdlet there begins with none.</summary>
    public static void Close(Runspace runspace)
    {
        if (s_sessions.TryGetValue(runspace, out HostSessions? sessions))
        {
            _ = s_sessions.Remove(runspace);
            sessions.Dispose();
        }
    }

    private static HostSessions Create(Runspace runspace)
    {
        runspace.StateChanged += OnStateChanged;
        return new HostSessions();
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken && sender is Runspace runspace)
        {
            Close(runspace);
        }
    }
}
