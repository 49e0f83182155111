namespace XenMigrate.Fleet.Forecasts;

/// <summary>
/// Looks at how a guest writes its memory, and at what the link between two hosts carries, and says what a live move would come to.
/// The guest runs on meanwhile; Xen logs its writes for some seconds, which makes each first write to a page a little slower.
/// </summary>
internal sealed class GuestForecaster(PastMoves past, HelperPackage? package, Timing timing)
{
    // A working set that takes longer to be written than it was looked at seems to have no end: a quarter of the first round tells.
    private const int SamplesOfRound = 4;
    private const int ShortestSample = 2;
    private const int LongestSample = 15;

    // To begin, to end and to ask both hosts, where no move between them tells.
    private static readonly TimeSpan s_usualOverhead = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, double?> _probed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the move would come to.</summary>
    /// <param name="plan">The move.</param>
    /// <param name="allowed">The pause that is allowed; null for what the transfer is told, or for the usual one.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<MigrationForecast> ForecastAsync(MigrationPlan plan, TimeSpan? allowed, CancellationToken cancellationToken)
    {
        MigrationForecast basis = new()
        {
            Name = plan.Guest.Name,
            Source = plan.Source,
            Destination = plan.Destination,
            MaximumDowntime = allowed ?? plan.PreCopy?.MaximumDowntime ?? PreCopyOptions.UsualDowntime,
        };
        if (Sampler(plan) is not { } sampler)
        {
            return basis with { Advice = $"The save helper counts what a guest writes, and {plan.Source} has none that can: Install-MigrationHelper {plan.Source}." };
        }

        (double? rate, string from) = await RateAsync(plan, cancellationToken).ConfigureAwait(false);
        if (rate is not { } bytesPerSecond)
        {
            return basis with { Advice = $"Nobody knows how fast {plan.Source} sends to {plan.Destination}: no journal tells of a move, and {from}." };
        }

        double firstRound = plan.MemoryMB * 1048576.0 / bytesPerSecond;
        int seconds = (int)Math.Max(ShortestSample, Math.Min(LongestSample, Math.Ceiling(firstRound / SamplesOfRound)));
        (DirtyRateReport? counted, string? why) = await CountAsync(plan, sampler(seconds), cancellationToken).ConfigureAwait(false);
        if (counted is null)
        {
            return basis with { BytesPerSecond = rate, Advice = why };
        }

        long pages = counted.PopulatedPages > 0 ? counted.PopulatedPages : plan.MemoryMB * 256;
        DirtyCurve curve = new(counted, pages);
        return Tell(plan, basis with { BytesPerSecond = rate, DirtyBytesPerSecond = curve.BytesPerSecond }, pages, curve, from);
    }

    private MigrationForecast Tell(MigrationPlan plan, MigrationForecast basis, long pages, DirtyCurve curve, string from)
    {
        double pagesPerSecond = basis.BytesPerSecond!.Value / 4096;
        DowntimeParts beside = plan.PastDowntime ?? PredictedPause.Usual(plan.Guest.Type);
        PreCopyOptions? options = plan.Helpers is null ? null : plan.PreCopy;
        RoundForecast played = RoundForecast.Play(pages, pagesPerSecond, curve.PagesAfter, options);
        DowntimeParts parts = beside with { LastCopy = played.LastCopy };
        bool converges = played.Ends && parts.Total <= basis.MaximumDowntime;
        TimeSpan overhead = past.Overhead(plan.From, plan.To) ?? s_usualOverhead;
        return basis with
        {
            Duration = overhead + played.Live + parts.Total,
            Iteration = played.Rounds,
            Downtime = parts.Total,
            DowntimePart = parts,
            Converges = converges,
            Basis = $"the rate is {from}; the pause beside the copy is {(plan.PastDowntime is null ? "what is usual" : "that of earlier moves between these hosts")}",
            Advice = converges ? null : new ForecastAdvice(pages, pagesPerSecond, curve, beside, basis.MaximumDowntime, options).ToString(),
        };
    }

    /// <summary>What counts for so many seconds; null where the source has nothing that can.</summary>
    private Func<int, RemoteCommand>? Sampler(MigrationPlan plan)
    {
        MigrationHelper? helper = package is null ? null : TransferRule.Look(plan.Facts.Source, package);
        return helper is { State: MigrationHelperState.Ready, Path: { } program } && plan.Guest.Id is { } id
            ? seconds => new RemoteCommand(
                program, "--dirty-rate", id.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    private async Task<(DirtyRateReport? Report, string? Why)> CountAsync(MigrationPlan plan, RemoteCommand count, CancellationToken cancellationToken)
    {
        GuestLease lease = GuestLease.Of(plan.Guest, $"counts what {plan.Guest.Name} writes", timing);
        try
        {
            CommandResult result = await lease.DuringAsync(() => GuardedShell.Of(plan.SourceHost.Shell, plan.Guest, Expectation.Awake, lease)
                .RunAsync(count, HostShellExtensions.ReadTimeout, null, cancellationToken)).ConfigureAwait(false);
            return DirtyRateReport.Parse(result.Output) is { } report
                ? (report, null)
                : (null, $"The save helper of {plan.Source} did not count what {plan.Guest.Name} writes: {result.Error.Trim()}.");
        }
        catch (XenMigrateException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Bytes of memory per second, and where that comes from; null, and why, if it can't be told.</summary>
    private async Task<(double? Rate, string From)> RateAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        double? limit = plan.PreCopy?.BandwidthLimit;
        if (past.MemoryRate(plan.From, plan.To, plan.PreCopy?.Compression ?? StreamCompression.None) is { } known)
        {
            return (Lower(known, limit), "that of earlier moves between these hosts");
        }

        string way = $"{plan.Source} {plan.MigrationAddress}";
        if (!_probed.TryGetValue(way, out double? probed))
        {
            try
            {
                probed = LinkProbe.Rate(await plan.SourceHost.Shell.RunAsync(
                    LinkProbe.Command(plan.MigrationAddress), HostShellExtensions.ReadTimeout, null, cancellationToken).ConfigureAwait(false));
            }
            catch (XenMigrateException)
            {
                probed = null;
            }

            _probed[way] = probed;
        }

        return probed is null ? (null, "a probe of 16 MiB came to nothing") : (Lower(probed.Value, limit), "that of a probe of 16 MiB");
    }

    private static double Lower(double rate, double? limit) => limit is { } given ? Math.Min(rate, given) : rate;
}
