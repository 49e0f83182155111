namespace XenMigrate.SaveHelper.Restore;

/// <summary>
/// Restores a domain by libxl's own helper. A framed stream is unframed into it; nothing reaches it that was not checked, so
/// that of a bad stream it gets a part, and builds no guest.
/// </summary>
internal static unsafe class RestoreDomain
{
    public const string Word = "--restore-domain";

    /// <summary>What is said where the helper found nothing wrong in what was wrong.</summary>
    private const int Damaged = 254;

    public static int Run(string[] words)
    {
        if (Surroundings.Variable(Surroundings.StreamVariable) != "framed")
        {
            return StockHelper.Become(words, null);
        }

        int* ends = stackalloc int[2];
        if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int stream)
            || Surroundings.StockHelper(Surroundings.Xen) is not { } stock || Libc.Pipe(ends, OpenFlags.CloseOnExec) != 0)
        {
            StockHelper.Say("the framed stream can't be restored: no libxl-save-helper, or no pipe to it");
            return StockHelper.NotThere;
        }

        SignalDispositions.IgnorePipes();
        Descriptors.KeepFromChildren(stream);
        Descriptors.GiveToChildren(ends[0]);
        string[] arguments = [stock, .. words];
        arguments[2] = ends[0].ToString(CultureInfo.InvariantCulture);
        bool started = ChildProcess.TryStart(arguments, new ChildOptions(), out int child);
        _ = Libc.Close(ends[0]);
        if (!started)
        {
            StockHelper.Say($"{stock} can't be run");
            return StockHelper.NotThere;
        }

        using SignalForwarder signals = new(child);
        bool whole = Unframe(stream, ends[1]);
        _ = Libc.Close(ends[1]);
        int status = ChildProcess.WaitFor(child);
        return status == 0 && !whole ? Damaged : status;
    }

    private static bool Unframe(int stream, int pipe)
    {
        using Zstd? zstd = Zstd.TryLoad();
        try
        {
            return new FrameReader(new DescriptorSource(stream), zstd).ReadInto(new DescriptorSink(pipe)) == 0;
        }
        catch (StreamDamagedException e)
        {
            StockHelper.Say($"the stream was refused: {e.Message}");
            return false;
        }
    }
}
