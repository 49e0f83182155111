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
public sealed class MoveGuestCommand : GuestCmdlet
{
    private MigrationHost? _destination;
    private CheckSelection _checks = CheckSelection.Everything;
    private PreCopyChoice _choice = null!;
    private bool _yesToAll;
    private bool _noToAll;

    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost Destination { get; set; } = null!;

    /// <summary>Copies the memory while the guest runs; without it, the guest stands still meanwhile.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>With -Live: how long the guest may stand still, by the transfer's own prediction; 3 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? MaximumDowntime { get; set; }

    /// <summary>With -Live: what to do with a guest that is too busy for that.</summary>
    [Parameter]
    public OfflineFallback? OfflineFallback { get; set; }

    /// <summary>With -Live: bytes per second to send at most, while the guest runs.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? Bandwidth { get; set; }

    /// <summary>Answers yes where a longer pause is asked about.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Stops the move after this time, as long as the guest still runs at the source; with -OfflineFallback Always, pauses
    /// the guest then and finishes.
    /// </summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The destination's name or address as the source knows it, if not by the name given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MigrationAddress { get; set; }

    /// <summary>Ids or categories of checks to leave out, with wildcards; '*' leaves out all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] SkipCheck { get; set; } = [];

    /// <summary>Returns the guest at the destination too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        _choice = new PreCopyChoice(MaximumDowntime, OfflineFallback, Bandwidth, Force);
        _choice.Validate(Live);
        if (Timeout <= TimeSpan.Zero)
        {
            throw new PSArgumentException("-Timeout is longer than nothing: no move is over at once.");
        }

        try
        {
            _checks = CheckSelection.AllBut(SkipCheck);
            _destination = await ResolveAsync(Destination, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    // A guest that is at the destination already is not the one to move there.
    private protected override IReadOnlyList<MigrationHost> HostsToSearch()
    {
        MigrationHost[] others =
        [
            .. Sessions.All.Where(host => !string.Equals(host.ComputerName, Destination.ComputerName, StringComparison.OrdinalIgnoreCase)),
        ];
        return others.Length > 0 ? others : throw new TerminatingErrorException(new HostNotConnectedException("any source"));
    }

    private protected override async Task ProcessGuestAsync(
        Guest guest, MigrationHost host, CancellationToken cancellationToken)
    {
        using MoveProgress progress = new(this, $"Moving {guest} from {host} to {_destination}", Timing.Real);
        PreCopyOptions preCopy = _choice.ToOptions(await AskAsync(() => Interactivity.Of(Host)).ConfigureAwait(false));
        MigrationOptions options = new()
        {
            Live = Live,
            MigrationAddress = MigrationAddress,
            Timeout = Timeout,
            Checks = _checks,
            PreCopy = _choice.IsGiven ? preCopy : null,
            UsualPreCopy = preCopy,
        };

        Migrator migrator = new(progress, Timing.Real);
        MigrationResult? result =
            await migrator.MoveAsync(host, _destination!, guest, options, AskAsync, cancellationToken).ConfigureAwait(false);
        if (result is { ErrorId: "MigrationNotConverging" } && await WantsLongerPauseAsync(result, preCopy, cancellationToken).ConfigureAwait(false))
        {
            options = options with { PreCopy = preCopy with { OfflineFallback = true } };
            result = await migrator.MoveAsync(host, _destination!, guest, options, Agreed, cancellationToken).ConfigureAwait(false);
        }

        if (result is null)
        {
            return;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            SayAfterStop($"{result}. {result.Message}");
            return;
        }

        if (result.ToError() is { } error)
        {
            PostError(error, guest);
        }

        Post(() => WriteObject(result));
        if (PassThru && result.Outcome == MigrationOutcome.Succeeded)
        {
            await PassAsync(guest, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The guest is too busy for the allowed pause, and runs at the source: whether it may pause for longer.</summary>
    private async Task<bool> WantsLongerPauseAsync(
        MigrationResult result, PreCopyOptions preCopy, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(() => _choice.Asks(Interactivity.Of(Host)) && ShouldContinue(
                PreCopyChoice.Question(result, preCopy), "The guest is too busy to be moved live", ref _yesToAll, ref _noToAll))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C in place of an answer is a no, and where the guest is has still to be said.
            return false;
        }
    }

    // Asked once already, about the same guest and the same hosts.
    private static Task<bool> Agreed(MigrationPlan plan) => Task.FromResult(true);

    private Task<bool> AskAsync(MigrationPlan plan) => ConfirmAsync(
        $"{plan.Guest} ({plan.MemoryMB} MiB) on {plan.Source}",
        $"{(plan.Mode == MigrationMode.Live ? "Live-migrate" : "Move offline")} to {plan.Destination}");

    private async Task PassAsync(Guest moved, CancellationToken cancellationToken)
    {
        Guest there = (await _destination!.RequireDriver()
                .ListAsync(_destination.RequireShell(), cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(guest => guest.Name == moved.Name)
            ?? throw new GuestNotFoundException(moved.Name, _destination.ComputerName);
        Post(() => WriteObject(there));
    }
}
