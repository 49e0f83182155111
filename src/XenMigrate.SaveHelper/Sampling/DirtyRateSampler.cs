namespace XenMigrate.SaveHelper.Sampling;

/// <summary>
/// Counts the pages that a guest writes, over a few seconds. Xen's log-dirty mode is switched on for that long and only looked at:
/// nothing is cleaned, so that a save that begins meanwhile loses no page. What an HVM guest's device model writes is not in it.
/// </summary>
internal sealed unsafe class DirtyRateSampler(XenLibraries libraries, void* xen, uint domain, Wake stop)
{
    // The working set is written again and again: how many pages there are at each of these shares of the time tells it.
    private static readonly double[] s_shares = [1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1];

    /// <summary>Samples for so long.</summary>
    /// <exception cref="SamplingRefusedException">It was not to be done, or came to nothing; log-dirty mode is as it was.</exception>
    public DirtyRateReport Run(TimeSpan time)
    {
        RequireNoSave("is under way");
        if (!libraries.SwitchLogDirtyOn(xen, domain) && !(libraries.SwitchLogDirtyOff(xen, domain) && libraries.SwitchLogDirtyOn(xen, domain)))
        {
            throw new SamplingRefusedException($"log-dirty mode can't be switched on: error {Marshal.GetLastSystemError()}");
        }

        List<(TimeSpan, long)> counts;
        try
        {
            counts = Count(time);
        }
        finally
        {
            SwitchOff();
        }

        RequireNoSave("began meanwhile");
        return new DirtyRateReport(libraries.PopulatedPages(xen, domain) ?? 0, counts);
    }

    private List<(TimeSpan, long)> Count(TimeSpan time)
    {
        List<(TimeSpan, long)> counts = [];
        long began = Stopwatch.GetTimestamp();
        foreach (double share in s_shares)
        {
            TimeSpan left = (time * share) - Stopwatch.GetElapsedTime(began);
            if (stop.WaitWith(-1, 0, (int)Math.Ceiling(Math.Max(0, left.TotalMilliseconds))))
            {
                throw new SamplingRefusedException("it was ended");
            }

            long? pages = libraries.DirtyPages(xen, domain);
            counts.Add((Stopwatch.GetElapsedTime(began), pages ?? throw new SamplingRefusedException("Xen does not tell how many pages were written")));
        }

        return counts;
    }

    /// <summary>
    /// A save that began meanwhile has switched it off and on for itself: it is that one's then. One that began in the very moment
    /// of our switching off would lose pages, and is ended before it can: its guest goes on here.
    /// </summary>
    private void SwitchOff()
    {
        if (SavesUnderWay.Of(domain).Length == 0)
        {
            _ = libraries.SwitchLogDirtyOff(xen, domain);
            Array.ForEach(SavesUnderWay.Of(domain), save => _ = Libc.Kill(save, Signals.Terminate));
        }
    }

    private void RequireNoSave(string what)
    {
        if (SavesUnderWay.Of(domain).Length > 0)
        {
            throw new SamplingRefusedException("a save or a move of the guest " + what);
        }
    }
}

/// <summary>Why there are no figures.</summary>
internal sealed class SamplingRefusedException(string message) : Exception(message);
