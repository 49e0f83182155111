namespace XenMigrate.SaveHelper.Guarding;

/// <summary>
/// This end of the pipe that a second process holds the other end of, for when this one is killed: nothing else could switch
/// log-dirty mode off then. What the other one has to know goes through the pipe.
/// </summary>
internal sealed unsafe class GuardLeash : IDisposable
{
    public const string Done = "done";
    public const string Share = "share";
    public const string NoShare = "no-share";

    private int _descriptor = -1;

    /// <summary>Starts the guard. Without one, the save goes on all the same.</summary>
    public static GuardLeash Start(uint domain, Action<string> log)
    {
        GuardLeash leash = new();
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, OpenFlags.CloseOnExec) != 0)
        {
            return leash;
        }

        string number = domain.ToString(CultureInfo.InvariantCulture);
        bool started = ChildProcess.TryStart(
            [Environment.ProcessPath ?? "/proc/self/exe", Guard.Word, number], new ChildOptions { StandardInput = ends[0], IsQuiet = true, HasOwnSession = true }, out _);
        _ = Libc.Close(ends[0]);
        leash._descriptor = ends[1];
        if (!started)
        {
            log("there is no guard: killed, this helper would leave the guest in log-dirty mode");
        }

        return leash;
    }

    /// <summary>What the guest had before it was throttled.</summary>
    public void TellShare(Credit2Share share) =>
        Tell(string.Create(CultureInfo.InvariantCulture, $"{Share} {share.Weight} {share.Cap}"));

    public void ForgetShare() => Tell(NoShare);

    /// <summary>All is as it was before: the guard has nothing to do.</summary>
    public void Dispose()
    {
        Tell(Done);
        _ = _descriptor >= 0 && Libc.Close(_descriptor) == 0;
        _descriptor = -1;
    }

    private void Tell(string line) => _ = _descriptor >= 0 && Descriptors.WriteAll(_descriptor, Encoding.ASCII.GetBytes(line + "\n"));
}
