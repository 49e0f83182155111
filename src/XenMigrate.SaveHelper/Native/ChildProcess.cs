namespace XenMigrate.SaveHelper.Native;

/// <summary>How a child differs from its parent.</summary>
internal sealed record ChildOptions
{
    /// <summary>What it reads; null for the parent's own.</summary>
    public int? StandardInput { get; init; }

    /// <summary>Whether its output goes nowhere.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether signals to the parent's group pass it by.</summary>
    public bool HasOwnSession { get; init; }
}

/// <summary>A program started without fork, which a process with threads of its runtime's can't do; no signal blocked or ignored.</summary>
internal static unsafe partial class ChildProcess
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // More than glibc's own structures take.
    private const int Room = 512;

    public static bool TryStart(IReadOnlyList<string> words, ChildOptions options, out int process)
    {
        byte* actions = stackalloc byte[Room];
        byte* attributes = stackalloc byte[Room];
        byte* signals = stackalloc byte[Room];
        _ = InitializeActions(actions);
        _ = InitializeAttributes(attributes);
        new Span<byte>(signals, Room).Clear();
        _ = SetMask(attributes, signals);
        new Span<byte>(signals, 8).Fill(0xff);
        _ = SetDefaults(attributes, signals);
        _ = SetFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | (options.HasOwnSession ? SetSession : 0)));
        if (options.StandardInput is { } input)
        {
            _ = AddDuplicate(actions, input, 0);
        }

        if (options.IsQuiet)
        {
            _ = AddOpen(actions, 1, NativeText.Of("/dev/null"), OpenFlags.WriteOnly, 0);
            _ = AddDuplicate(actions, 1, 2);
        }

        byte** arguments = NativeText.ListOf(words);
        int id = 0;
        bool started = Spawn(&id, arguments[0], actions, attributes, arguments, NativeText.Environment()) == 0;
        process = id;
        return started;
    }

    /// <summary>Waits for its end; its exit code, or 128 and the signal that ended it.</summary>
    public static int WaitFor(int process)
    {
        int status = 0;
        while (Libc.WaitForProcess(process, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                return -1;
            }
        }

        return (status & 0x7f) != 0 ? 128 + (status & 0x7f) : (status >> 8) & 0xff;
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int Spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitializeAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(void* attributes, void* signals);
}
