using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Environment;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate.Commands;

/// <summary>Move-Guest moves guests to another host, and says for each where it is afterwards.</summary>
[Cmdlet(
    VerbsCommon.Move,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = GuestSet)]
[OutputType(typeof(MigrationResult), typeof(Guest))]
public sealed class MoveGuestCommand : BatchMoveCmdlet
{
    private const string ReportSet = "Report";

    private readonly ReportedMoves _reported = new(Timing.Real);

    // Not mandatory for guests of a pipeline: PowerShell would take them for reports then, and say of each that it is none.
    [Parameter(Position = 1, ParameterSetName = GuestSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost? Destination { get; set; }

    /// <summary>Reports of Test-MigrationEnvironment: moves each one's guests to its destination.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ReportSet)]
    [Alias("CompatibilityReport")]
    [ValidateNotNullOrEmpty]
    public MigrationReport[] Report { get; set; } = [];

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        await base.BeginProcessingAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Destination = Destination is null
                ? null
                : await ResolveAsync(Destination, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName != ReportSet)
        {
            if (Destination is null)
            {
                throw new PSArgumentException("Say where the guests are to go: -Destination.");
            }

            await base.ProcessRecordAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (MigrationReport report in Report)
        {
            if (report.Guest.Count == 0)
            {
                Post(() => WriteWarning($"The report of {report.Source} to {report.Destination} names no guest, so there is none to move."));
            }

            foreach (string guest in report.Guest)
            {
                await ProcessReportAsync(report.For(guest), guest, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A guest that is at the destination already is not the one to move there.
    private protected override IReadOnlyList<MigrationHost> HostsToSearch()
    {
        MigrationHost[] others =
        [
            .. Sessions.All.Where(host => !string.Equals(host.ComputerName, Destination!.ComputerName, StringComparison.OrdinalIgnoreCase)),
        ];
        return others.Length > 0 ? others : throw new TerminatingErrorException(new HostNotConnectedException("any source"));
    }

    private protected override Task ProcessGuestAsync(Guest guest, MigrationHost host, CancellationToken cancellationToken)
    {
        TakeIn(guest, host, Destination!);
        return Task.CompletedTask;
    }

    private async Task ProcessReportAsync(MigrationReport report, string name, CancellationToken cancellationToken)
    {
        if (_reported.WasTried(report, name))
        {
            Post(() => WriteVerbose($"{name}: a move from {report.Source} has been tried already, so not to {report.Destination}."));
            return;
        }

        try
        {
            MigrationResult? result = _reported.Refusal(report, name, Live, Checks) is { } refused
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
        MigrationHost source = await ResolveAsync(new MigrationHost(report.Source), cancellationToken).ConfigureAwait(false);
        MigrationHost destination = await ResolveAsync(new MigrationHost(report.Destination), cancellationToken).ConfigureAwait(false);
        Guest? guest = report.Found.Count > 0
            ? report.Found[0]
            : await FindAsync(name, source, cancellationToken).ConfigureAwait(false);
        return guest is null
            ? null
            : await MoveAndTellAsync(guest, source, destination, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Guest?> FindAsync(string name, MigrationHost source, CancellationToken cancellationToken)
    {
        GuestFilter byName = new() { Criteria = [GuestCriterion.Name(name)] };
        IReadOnlyList<GuestOnHost> found = await SearchAsync([source], byName, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0].Guest : null;
    }
}
