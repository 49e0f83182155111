namespace XenMigrate;

/// <summary>A cmdlet that also moves guests by the reports of their checks.</summary>
public abstract class ReportMoveCmdlet : BatchMoveCmdlet
{
    private readonly ReportedMoves _reported = new(Timing.Real);

    /// <summary>Moves the guests of reports, one by one as they come.</summary>
    private protected async Task ProcessReportsAsync(
        IEnumerable<MigrationReport> reports, bool live, CancellationToken cancellationToken)
    {
        foreach (MigrationReport report in reports)
        {
            if (report.Guest.Count == 0)
            {
                Post(() => WriteWarning($"The report of {report.Source} to {report.Destination} names no guest, so there is none to move."));
            }

            foreach (string guest in report.Guest)
            {
                await ProcessReportAsync(report.For(guest), guest, live, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ProcessReportAsync(MigrationReport report, string name, bool live, CancellationToken cancellationToken)
    {
        if (_reported.WasTried(report, name))
        {
            Post(() => WriteVerbose($"{name}: a move from {report.Source} has been tried already, so not to {report.Destination}."));
            return;
        }

        try
        {
            MigrationResult? result = _reported.Refusal(report, name, live, Checks) is { } refused
                ? Tell(refused, report)
                : await MoveAsync(report, name, cancellationToken).ConfigureAwait(false);
            _reported.Note(report, name, result);
        }
        catch (XenMigrateException e)
        {
            PostError(e, report);
        }
    }

    private async Task<MigrationResult?> MoveAsync(MigrationReport report, string name, CancellationToken cancellationToken)
    {
        HostSession source = await ResolveAsync(new MigrationHost(report.Source), cancellationToken).ConfigureAwait(false);
        HostSession destination = await ResolveAsync(new MigrationHost(report.Destination), cancellationToken).ConfigureAwait(false);
        Guest? guest = report.Found.Count > 0
            ? report.Found[0]
            : await FindAsync(name, source, cancellationToken).ConfigureAwait(false);
        return guest is null
            ? null
            : await MoveAndTellAsync(
                new GuestMove(guest, source, destination) { MigrationAddress = report.MigrationAddress }, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Guest?> FindAsync(string name, HostSession source, CancellationToken cancellationToken)
    {
        GuestFilter byName = new() { Criteria = [GuestCriterion.Name(name)] };
        IReadOnlyList<GuestOnHost> found = await SearchAsync([new MigrationHost(source)], byName, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0].Guest : null;
    }
}
