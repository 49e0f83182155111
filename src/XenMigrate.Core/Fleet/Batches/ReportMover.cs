namespace XenMigrate.Fleet.Batches;

/// <summary>Moves guests by the reports of their checks, one by one as they come.</summary>
/// <param name="engine">Moves them.</param>
/// <param name="audience">Hears of what is not moved.</param>
/// <param name="connect">Opens the session with a host by its name.</param>
/// <param name="timing">The time they go by.</param>
internal sealed class ReportMover(
    MoveEngine engine, IMoveAudience audience, Func<string, CancellationToken, Task<HostSession>> connect, Timing timing)
{
    private readonly ReportedMoves _reported = new(timing);

    /// <summary>Moves the guests of a report.</summary>
    /// <param name="report">What was found, of one or several guests.</param>
    /// <param name="live">How they are moved.</param>
    /// <param name="checks">What the moves are checked for.</param>
    /// <param name="cancellationToken">Stops the move that is made.</param>
    public async Task RunAsync(MigrationReport report, bool live, CheckSelection checks, CancellationToken cancellationToken)
    {
        if (report.Guest.Count == 0)
        {
            audience.WriteWarning($"The report of {report.Source} to {report.Destination} names no guest, so there is none to move.");
        }

        foreach (string guest in report.Guest)
        {
            await RunAsync(report.For(guest), guest, live, checks, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(MigrationReport report, string name, bool live, CheckSelection checks, CancellationToken cancellationToken)
    {
        if (_reported.WasTried(report, name))
        {
            audience.WriteVerbose($"{name}: a move from {report.Source} has been tried already, so not to {report.Destination}.");
            return;
        }

        try
        {
            MigrationResult? result = _reported.Refusal(report, name, live, checks);
            if (result is null)
            {
                result = await MoveAsync(report, name, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                engine.Tell(result, report);
            }

            _reported.Note(report, name, result);
        }
        catch (XenMigrateException e)
        {
            audience.WriteError(e, report);
        }
    }

    private async Task<MigrationResult?> MoveAsync(MigrationReport report, string name, CancellationToken cancellationToken)
    {
        HostSession source = await connect(report.Source, cancellationToken).ConfigureAwait(false);
        HostSession destination = await connect(report.Destination, cancellationToken).ConfigureAwait(false);
        Guest guest = report.Found.Count > 0 ? report.Found[0] : await FindAsync(name, source, cancellationToken).ConfigureAwait(false);
        return await engine.MoveAsync(
            new GuestMove(guest, source, destination) { MigrationAddress = report.MigrationAddress }, report, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Guest> FindAsync(string name, HostSession source, CancellationToken cancellationToken)
    {
        GuestFilter byName = new() { Criteria = [GuestCriterion.Name(name)] };
        GuestSelection found = byName.Apply(await source.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false));
        return found.Guests.Count > 0 ? found.Guests[0] : throw new GuestNotFoundException(name, source.ComputerName);
    }
}
