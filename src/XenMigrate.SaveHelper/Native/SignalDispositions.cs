namespace XenMigrate.SaveHelper.Native;

/// <summary>What signals do by themselves.</summary>
internal static unsafe class SignalDispositions
{
    private const int SetMask = 2;
    private const int MaskSize = 128;

    // glibc's sigaction structure: the handler first. All zero is the default action with nothing masked.
    private const int ActionSize = 152;
    private const long Ignored = 1;

    /// <summary>A write that nobody reads fails, instead of ending the process.</summary>
    public static void IgnorePipes() => Set(Signals.Pipe, Ignored);

    /// <summary>As a program expects it that this process becomes: .NET ignores some, and blocks some in some threads.</summary>
    public static void Reset()
    {
        for (int signal = 1; signal <= Signals.Last; signal++)
        {
            Set(signal, 0);
        }

        byte* none = stackalloc byte[MaskSize];
        new Span<byte>(none, MaskSize).Clear();
        _ = Libc.SignalMask(SetMask, none, null);
    }

    private static void Set(int signal, long handler)
    {
        byte* action = stackalloc byte[ActionSize];
        new Span<byte>(action, ActionSize).Clear();
        *(long*)action = handler;
        _ = Libc.SignalAction(signal, action, null);
    }
}
