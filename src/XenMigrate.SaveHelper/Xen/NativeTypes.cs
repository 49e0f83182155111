namespace XenMigrate.SaveHelper.Xen;

/// <summary>libxenguest's precopy_stats from Xen 4.15 on: 24 bytes, so it comes on the stack.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PrecopyStatistics
{
    public uint Iteration;
    public ulong TotalWritten;
    public long DirtyCount;
}

/// <summary>The same in Xen 4.14: 16 bytes, so it comes in two registers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PrecopyStatistics414
{
    public uint Iteration;
    public uint TotalWritten;
    public long DirtyCount;
}

/// <summary>libxenguest's save_callbacks.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SaveCallbackTable
{
    public delegate* unmanaged<void*, int> Suspend;
    public void* PrecopyPolicy;
    public delegate* unmanaged<void*, int> Postcopy;
    public delegate* unmanaged<void*, int> Checkpoint;
    public delegate* unmanaged<void*, int> WaitCheckpoint;
    public delegate* unmanaged<uint, uint, void*, int> SwitchQemuLogDirty;
    public void* Data;
}

/// <summary>libxentoollog's xentoollog_logger, and behind it what it belongs to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ToolLogger
{
    public delegate* unmanaged<ToolLogger*, int, int, byte*, byte*, void*, void> Message;
    public delegate* unmanaged<ToolLogger*, byte*, byte*, int, ulong, ulong, void> Progress;
    public delegate* unmanaged<ToolLogger*, void> Destroy;
    public void* Data;
}

/// <summary>What Xen tells of log-dirty mode.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LogDirtyFigures
{
    public uint Faults;
    public uint DirtyPages;
}

/// <summary>What credit2 gives a domain. The same in all versions from 4.14 to 4.22; a union's first member.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Credit2Share
{
    public ushort Weight;

    /// <summary>Percent of one processor; 0 for no cap.</summary>
    public ushort Cap;
}

/// <summary>What to do after a question of libxenguest's.</summary>
internal static class PolicyAnswer
{
    public const int Abort = -1;
    public const int Continue = 0;
    public const int StopAndCopy = 1;
}

/// <summary>libxentoollog's levels.</summary>
internal static class LogLevel
{
    public const int Debug = 1;
    public const int Information = 5;
    public const int Warning = 7;
    public const int Error = 8;
}
