using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Environment;
using XenMigrate.Fleet;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Journal;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>A cmdlet that moves guests: how they are to be moved, and what is asked meanwhile.</summary>
public abstract class MoveCmdlet : GuestSearchCmdlet
{
    private PreCopyChoice _choice = null!;
    private JournaledMove _journals = null!;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Live: how long the guest may stand still, by the transfer's own prediction; 3 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? MaximumDowntime { get; set; }

    /// <summary>Live: what to do with a guest that is too busy for that.</summary>
    [Parameter]
    public OfflineFallback? OfflineFallback { get; set; }

    /// <summary>Live: bytes per second to send at most, while the guest runs.</summary>
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

    /// <summary>Keeps the guest's definition at the destination, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Removes the guest's definition from the source once it moved, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter RemoveSourceDefinition { get; set; }

    /// <summary>Ids or categories of checks to leave out, with wildcards; '*' leaves out all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] SkipCheck { get; set; } = [];

    /// <summary>Returns the guest at the destination too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The folder of the journals, one for each move; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Whether guests run while they are copied, where nothing else is said of one.</summary>
    private protected abstract bool MovesLive { get; }

    /// <summary>Whether a longer pause need not be asked about.</summary>
    private protected virtual bool LongerPauseAgreed => Force;

    /// <summary>What the moves of this call have in common in their journals.</summary>
    private protected Guid Batch { get; } = Guid.NewGuid();

    /// <summary>The folder of the journals; null for a user without a home.</summary>
    private protected string? JournalPath { get; private set; }

    /// <summary>What -SkipCheck leaves.</summary>
    private protected CheckSelection Checks { get; private set; } = CheckSelection.Everything;

    /// <summary>The progress bar that stands above that of each move; -1 for none.</summary>
    private protected int ParentActivity { get; set; } = -1;

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        _choice = new PreCopyChoice(MaximumDowntime, OfflineFallback, Bandwidth, LongerPauseAgreed);
        _choice.Validate(MovesLive);
        if (Timeout <= TimeSpan.Zero)
        {
            throw new PSArgumentException("-Timeout is longer than nothing: no move is over at once.");
        }

        try
        {
            Checks = CheckSelection.AllBut(SkipCheck);
        }
        catch (CheckNotFoundException e)
        {
            throw new TerminatingErrorException(e);
        }

        JournalPath = await AskAsync(() => LogFolder.Resolve(SessionState, LogPath)).ConfigureAwait(false);
        _journals = new JournaledMove(JournalPath, Batch, Timing.Real);
    }

    /// <summary>Moves a guest, and says what came of it: an error has the target as its object.</summary>
    /// <returns>Null if the answer to the question was no.</returns>
    private protected async Task<MigrationResult?> MoveAndTellAsync(
        GuestMove move, object target, CancellationToken cancellationToken)
    {
        MigrationResult? result = await MoveAsync(move, cancellationToken).ConfigureAwait(false);
        if (result is null)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            SayAfterStop($"{result}. {result.Message}");
            return result;
        }

        _ = Tell(result, target);
        if (PassThru && result.Outcome == MigrationOutcome.Succeeded)
        {
            await PassAsync(move.Guest, move.Destination, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private protected MigrationResult Tell(MigrationResult result, object target)
    {
        if (result.ToError() is { } error)
        {
            PostError(error, target);
        }

        Post(() => WriteObject(result));
        return result;
    }

    private async Task PassAsync(Guest moved, MigrationHost destination, CancellationToken cancellationToken)
    {
        Guest there = (await destination.RequireDriver()
                .ListAsync(destination.RequireShell(), cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(guest => guest.Name == moved.Name)
            ?? throw new GuestNotFoundException(moved.Name, destination.ComputerName);
        Post(() => WriteObject(there));
    }

    /// <summary>Asks whether a move may begin that nothing speaks against.</summary>
    private protected virtual Task<bool> ConfirmMoveAsync(MigrationPlan plan) => ConfirmAsync(
        $"{plan.Guest} ({plan.MemoryMB} MiB) on {plan.Source}",
        $"{(plan.Mode == MigrationMode.Live ? "Live-migrate" : "Move offline")} to {plan.Destination}");

    /// <summary>Moves a guest, and asks what has to be asked; null if the answer was no.</summary>
    private async Task<MigrationResult?> MoveAsync(GuestMove move, CancellationToken cancellationToken)
    {
        using MoveProgress progress = new(this, $"Moving {move}", Timing.Real, ParentActivity);
        bool live = move.Live ?? MovesLive;
        PreCopyOptions preCopy = _choice.ToOptions(await AskAsync(() => Interactivity.Of(Host)).ConfigureAwait(false));
        if (move.MayGoOffline)
        {
            preCopy = preCopy with { OfflineFallback = true };
        }

        MigrationOptions options = new()
        {
            Live = live,
            MigrationAddress = MigrationAddress,
            Persist = Persist,
            RemoveSourceDefinition = RemoveSourceDefinition,
            Timeout = Timeout,
            Checks = Checks,
            PreCopy = _choice.IsGiven ? preCopy : null,
            UsualPreCopy = preCopy,
        };
        return await _journals.RunAsync(
            new MoveParts(move.Source, move.Destination, progress, ConfirmMoveAsync),
            move.Guest,
            live ? MigrationMode.Live : MigrationMode.Offline,
            with => new FallbackMigrator(with.Progress, Timing.Real, MayPauseLongerAsync).MoveAsync(
                with.Source, with.Destination, move.Guest, options, with.Confirm, cancellationToken)).ConfigureAwait(false);
    }

    private Task<bool> MayPauseLongerAsync(MigrationResult result, PreCopyOptions allowed) => AskAsync(
        () => _choice.Asks(Interactivity.Of(Host)) && ShouldContinue(
            PreCopyChoice.Question(result, allowed), "The guest is too busy to be moved live", ref _yesToAll, ref _noToAll));
}
