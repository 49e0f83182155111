namespace XenMigrate.Benchmarks;

/// <summary>How long the guest stands still, against what was allowed, predicted, and seen by the guest itself.</summary>
internal sealed class PauseRows(ReceiverProcess receiver) : IDisposable
{
    private const int Mebibyte = 1 << 20;
    private const int PagesPerMebibyte = Mebibyte / GuestMemory.PageSize;
    private const int PacedRuns = 20;
    private const long Cap = 64 * Mebibyte;
    private const long Rate = 16 * Mebibyte;

    private readonly SourceGuest _busy = new(512 * PagesPerMebibyte, receiver.Relocation);
    private readonly SourceGuest _paced = new(128 * PagesPerMebibyte, receiver.Relocation);

    public IEnumerable<Figure> Run()
    {
        _busy.Fill(_ => true);
        _paced.Fill(_ => true);
        List<(RelocationResult Result, double Allowed)> converged = [];
        List<RelocationResult> offline = [];
        foreach ((int rate, int allowed) in new[] { (0, 300), (64, 300), (256, 300), (64, 30), (256, 30) })
        {
            // Dirty pages lie anywhere in memory.
            GuestWorkload workload = new(_busy.Memory.Pages, (long)rate * Mebibyte);
            PreCopyOptions options = new() { MaximumDowntime = TimeSpan.FromMilliseconds(allowed), OfflineFallback = true };
            for (int run = 0; run < 6; run++)
            {
                RelocationResult result = _busy.Move(workload, options).Result;
                if (run > 0 && !result.Offline)
                {
                    converged.Add((result, allowed));
                }
            }
        }

        GuestWorkload unbounded = new(_busy.Memory.Pages, 64L << 30);
        PreCopyOptions finish = new() { MaximumDowntime = TimeSpan.FromMilliseconds(30), OfflineFallback = true };
        for (int run = 0; run < 5; run++)
        {
            offline.Add(_busy.Move(unbounded, finish).Result);
        }

        yield return Measured.Share("pause as allowed", "ms", 0.95, "what was allowed and 10 ms or 10 %",
            converged.Select(run => (Pause(run.Result), run.Allowed + Math.Max(10, run.Allowed * 0.1))));
        yield return Measured.Value("reported pause - the guest's own gap", "ms", -5, 5, converged.Where(run => run.Result.HeartbeatGap is not null).Select(run => Difference(run.Result)));
        yield return Measured.Value("the same, finished offline", "ms", -5, 5, offline.Where(result => result.Offline && result.HeartbeatGap is not null).Select(Difference));

        RelocationResult[] paced = [.. Enumerable.Range(0, PacedRuns).Select(_ => Paced())];
        yield return Measured.Share("paced: actual against predicted pause", "ms", 0.95, "5 ms",
            paced.Select(result => (Math.Abs(Pause(result) - result.PredictedPause!.Value.TotalMilliseconds), 5.0)));

        double theory = _paced.Memory.Bytes / (1 - (Rate / (double)Cap));
        yield return Measured.Value("paced: bytes sent / (M / (1 - D/B))", "", 0.95, 1.05, paced.Select(result => result.Bytes / theory));
    }

    public void Dispose()
    {
        _busy.Dispose();
        _paced.Dispose();
    }

    private static double Pause(RelocationResult result) => result.Pause!.Value.TotalMilliseconds;

    private static double Difference(RelocationResult result) => Pause(result) - result.HeartbeatGap!.Value.TotalMilliseconds;

    private RelocationResult Paced() => _paced.Move(
        new GuestWorkload(_paced.Memory.Pages, Rate),
        new PreCopyOptions { BandwidthLimit = Cap, KeepLimitWhilePaused = true, MaximumDowntime = TimeSpan.FromMilliseconds(300) }).Result;
}
