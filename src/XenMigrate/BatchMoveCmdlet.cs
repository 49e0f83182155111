using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Fleet;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>A cmdlet that takes guests in as they come, and then moves them, a few at a time.</summary>
public abstract class BatchMoveCmdlet : MoveCmdlet
{
    private readonly List<GuestMove> _moves = [];

    /// <summary>How many guests are moved at a time.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>In which order the moves begin.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    public MoveOrder Sort { get; set; }

    private protected void TakeIn(Guest guest, MigrationHost source, MigrationHost destination) =>
        _moves.Add(new GuestMove(guest, source, destination));

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        // What would be done is said in order.
        int limit = await AskAsync(IsWhatIf).ConfigureAwait(false) ? 1 : ThrottleLimit;
        using BatchProgress progress = new(this, _moves.Count, Timing.Real);
        ParentActivity = progress.Id;

        await new GuestBatch(new WindowLimits { ThrottleLimit = limit }, Sort, Timing.Real).RunAsync(
            _moves,
            (move, token) => MoveAndTellAsync(move.Guest, move.Source, move.Destination, move.Guest, token),
            _ => progress.Began(),
            end =>
            {
                progress.Ended(hasBegun: end.Began is not null);
                Tell(end);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void Tell(WindowResult<GuestMove, MigrationResult?> end)
    {
        if (end.Error is { } error)
        {
            PostError(error, end.Move.Item.Guest);
        }
        else if (end.Outcome == WindowOutcome.NotBegun)
        {
            SayAfterStop($"{end.Move.Item.Guest} was not moved; it is on {end.Move.Source}.");
        }
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
