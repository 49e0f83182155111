namespace XenMigrate.SaveHelper.Native;

/// <summary>Linux's numbers on x86-64.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int TryAgain = 11;
    public const int InvalidArgument = 22;
    public const int IllegalSeek = 29;
    public const int BrokenPipe = 32;
    public const int OutOfTime = 62;
    public const int Cancelled = 125;
}

internal static class OpenFlags
{
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
}

internal static class PollEvents
{
    public const short Readable = 1;
    public const short Writable = 4;
    public const short Error = 8;
    public const short HungUp = 0x10;
    public const short PeerHungUp = 0x2000;
}

internal static class Signals
{
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Last = 64;
}
