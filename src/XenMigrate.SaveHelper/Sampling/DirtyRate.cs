namespace XenMigrate.SaveHelper.Sampling;

/// <summary>"--dirty-rate DOMAIN SECONDS": prints how many pages a guest writes, as a line of JSON.</summary>
internal static unsafe class DirtyRate
{
    public const string Word = "--dirty-rate";

    private const int Refused = 5;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    public static TimeSpan? Time(string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
        && seconds > 0 && seconds <= (decimal)s_longest.TotalSeconds ? TimeSpan.FromSeconds((double)seconds) : null;

    public static int Run(uint domain, TimeSpan time)
    {
        try
        {
            return Descriptors.WriteAll(1, Encoding.UTF8.GetBytes(Sample(domain, time).ToLine() + "\n")) ? 0 : 1;
        }
        catch (SamplingRefusedException e)
        {
            _ = Descriptors.WriteAll(2, Encoding.UTF8.GetBytes(e.Message + "\n"));
            return Refused;
        }
    }

    private static DirtyRateReport Sample(uint domain, TimeSpan time)
    {
        XenLibraries libraries = XenLibraries.TryLoad(Surroundings.Xen, out string why) ?? throw new SamplingRefusedException(why);
        using LogDirtyLock held = LogDirtyLock.TryTake(domain) ?? throw new SamplingRefusedException("a save, a move or another sampling of the guest is under way");
        using Wake stop = new();
        PosixSignalRegistration[] signals = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP]).Select(signal =>
            PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.Ring();
            }))];
        void* xen = libraries.Open(null);
        if (xen is null)
        {
            throw new SamplingRefusedException("Xen's control interface can't be opened");
        }

        try
        {
            using GuardLeash guard = GuardLeash.Start(domain, _ => { });
            return new DirtyRateSampler(libraries, xen, domain, stop).Run(time);
        }
        finally
        {
            libraries.Close(xen);
            GC.KeepAlive(signals);
        }
    }
}
