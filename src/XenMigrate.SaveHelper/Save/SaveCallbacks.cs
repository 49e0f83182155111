namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// What Xen's libraries call while they save, and to whom it goes. errno is theirs: they look at it after a call.
/// </summary>
internal sealed unsafe class SaveCallbacks : IDisposable
{
    private const int LongestText = 4096;

    private readonly GCHandle _handle;

    public SaveCallbacks(SaveSession session, SaveArguments arguments, XenVersion xen)
    {
        _handle = GCHandle.Alloc(session);
        Logger = (ToolLogger*)NativeMemory.AllocZeroed((nuint)sizeof(ToolLogger));
        *Logger = new ToolLogger { Message = &OnMessage, Progress = &OnProgress, Destroy = &OnDestroy, Data = (void*)GCHandle.ToIntPtr(_handle) };

        Table = (SaveCallbackTable*)NativeMemory.AllocZeroed((nuint)sizeof(SaveCallbackTable));
        *Table = new SaveCallbackTable
        {
            Suspend = arguments.Wants(MessageKind.Suspend) ? &OnSuspend : null,
            PrecopyPolicy = xen.PassesStatisticsInRegisters
                ? (void*)(delegate* unmanaged<PrecopyStatistics414, void*, int>)&OnPolicy414
                : (delegate* unmanaged<PrecopyStatistics, void*, int>)&OnPolicy,
            Postcopy = arguments.Wants(MessageKind.Postcopy) ? &OnPostcopy : null,
            Checkpoint = arguments.Wants(MessageKind.Checkpoint) ? &OnCheckpoint : null,
            WaitCheckpoint = arguments.Wants(MessageKind.WaitCheckpoint) ? &OnWaitCheckpoint : null,
            SwitchQemuLogDirty = arguments.Wants(MessageKind.SwitchQemuLogDirty) ? &OnSwitchQemuLogDirty : null,
            Data = (void*)GCHandle.ToIntPtr(_handle),
        };
    }

    public SaveCallbackTable* Table { get; }

    public ToolLogger* Logger { get; }

    public void Dispose()
    {
        NativeMemory.Free(Table);
        NativeMemory.Free(Logger);
        _handle.Free();
    }

    private static SaveSession Session(void* data) => (SaveSession)GCHandle.FromIntPtr((nint)data).Target!;

    [UnmanagedCallersOnly]
    private static int OnSuspend(void* data) => Keeping(Session(data), session => session.Suspend());

    [UnmanagedCallersOnly]
    private static int OnPostcopy(void* data) => Keeping(Session(data), session => session.Ask(MessageKind.Postcopy));

    [UnmanagedCallersOnly]
    private static int OnCheckpoint(void* data) => Keeping(Session(data), session => session.Ask(MessageKind.Checkpoint));

    [UnmanagedCallersOnly]
    private static int OnWaitCheckpoint(void* data) => Keeping(Session(data), session => session.Ask(MessageKind.WaitCheckpoint));

    [UnmanagedCallersOnly]
    private static int OnSwitchQemuLogDirty(uint domain, uint enable, void* data) =>
        Keeping(Session(data), session => session.SwitchQemuLogDirty(domain, enable));

    [UnmanagedCallersOnly]
    private static int OnPolicy(PrecopyStatistics round, void* data) =>
        Keeping(Session(data), session => session.Answer(round.Iteration, round.DirtyCount));

    [UnmanagedCallersOnly]
    private static int OnPolicy414(PrecopyStatistics414 round, void* data) =>
        Keeping(Session(data), session => session.Answer(round.Iteration, round.DirtyCount));

    [UnmanagedCallersOnly]
    private static void OnMessage(ToolLogger* logger, int level, int error, byte* context, byte* format, void* arguments)
    {
        int errno = Marshal.GetLastSystemError();
        byte* text = stackalloc byte[LongestText];
        _ = Libc.Format(text, LongestText, format, arguments);
        Session(logger->Data).Log(level, error, NativeText.Bytes(context), NativeText.Bytes(text));
        Marshal.SetLastSystemError(errno);
    }

    [UnmanagedCallersOnly]
    private static void OnProgress(ToolLogger* logger, byte* context, byte* what, int percent, ulong done, ulong total)
    {
        int errno = Marshal.GetLastSystemError();
        Session(logger->Data).Progress(NativeText.Bytes(context), NativeText.Bytes(what), done, total);
        Marshal.SetLastSystemError(errno);
    }

    [UnmanagedCallersOnly]
    private static void OnDestroy(ToolLogger* logger)
    {
        // It lives as long as the session does.
    }

    private static int Keeping(SaveSession session, Func<SaveSession, int> work)
    {
        int errno = Marshal.GetLastSystemError();
        int answer = work(session);
        Marshal.SetLastSystemError(errno);
        return answer;
    }
}
