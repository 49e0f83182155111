using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Environment.Facts;
using XenMigrate.Fleet;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>A cmdlet that takes guests in, and then moves them, a few at a time.</summary>
public abstract class BatchMoveCmdlet : MoveCmdlet
{
    private readonly List<GuestMove> _moves = [];

    /// <summary>What was taken in.</summary>
    private protected IReadOnlyList<GuestMove> Moves => _moves;

    private protected void TakeIn(GuestMove move) => _moves.Add(move);

    /// <summary>Takes in the moves of a plan, and tells of the guests that it has no place for.</summary>
    private protected async Task TakeInAsync(FleetPlan plan, CancellationToken cancellationToken)
    {
        foreach (UnplacedGuest guest in plan.Unplaced)
        {
            _ = Tell(guest.Refuse(string.Join(", ", plan.Host.Select(host => host.ComputerName)), MovesLive), guest);
        }

        Dictionary<string, HostEnd> ends = (await ConnectAsync(
                plan.Move.SelectMany(move => new[] { move.Source, move.Destination }).Select(name => new MigrationHost(name)),
                cancellationToken).ConfigureAwait(false))
            .ToDictionary(end => end.Name, StringComparer.OrdinalIgnoreCase);
        HostEnd[] sources = [.. plan.Move.Select(move => ends[move.Source]).Distinct()];
        Dictionary<string, IReadOnlyList<Guest>> guests = (await Task.WhenAll(
                sources.Select(source => ListAsync(source, cancellationToken))).ConfigureAwait(false))
            .OfType<(MigrationHost Host, IReadOnlyList<Guest> Guests)>()
            .ToDictionary(list => list.Host.ComputerName, list => list.Guests, StringComparer.OrdinalIgnoreCase);

        // A source that does not answer is an error already.
        foreach (PlannedMove move in plan.Move.Where(move => guests.ContainsKey(move.Source)))
        {
            // What xend or libvirt only manages may have the same uuid.
            if (guests[move.Source].OrderByDescending(there => there.Id is not null).FirstOrDefault(move.Is) is not { } guest)
            {
                PostError(new GuestNotFoundException(move.Name, move.Source), move);
            }
            else if (ends[move.Destination] is { Session: null } lost)
            {
                PostError(new HostUnreachableException(lost.Name, lost.Problem!), move);
            }
            else
            {
                TakeIn(Adjust(new GuestMove(guest, ends[move.Source].Session!, ends[move.Destination].Session!)
                {
                    Live = move.Mode == MigrationMode.Live,
                }));
            }
        }
    }

    /// <summary>What is to be said of a planned move besides.</summary>
    private protected virtual GuestMove Adjust(GuestMove move) => move;

    /// <summary>Told of each move as it ends, one at a time; the result is null if there is none.</summary>
    private protected virtual void Ended(GuestMove move, MigrationResult? result)
    {
    }

    /// <summary>Moves what was taken in.</summary>
    /// <param name="throttleLimit">How many at a time.</param>
    /// <param name="order">In which order they begin.</param>
    /// <param name="cancellationToken">From then on none begins.</param>
    private protected async Task MoveAllAsync(int throttleLimit, MoveOrder order, CancellationToken cancellationToken)
    {
        // What would be done is said in order.
        int limit = await AskAsync(IsWhatIf).ConfigureAwait(false) ? 1 : throttleLimit;
        using BatchProgress progress = new(this, _moves.Count, Timing.Real);
        ParentActivity = progress.Id;

        await new GuestBatch(new WindowLimits { ThrottleLimit = limit }, order, Timing.Real).RunAsync(
            _moves,
            (move, token) => MoveAndTellAsync(move, move.Guest, token),
            _ => progress.Began(),
            end =>
            {
                progress.Ended(hasBegun: end.Began is not null);
                Ended(end.Move.Item, end.Value);
                Tell(end);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The guests of a host; null, with an error, if it does not answer.</summary>
    private protected async Task<(MigrationHost Host, IReadOnlyList<Guest> Guests)?> ListAsync(
        HostEnd end, CancellationToken cancellationToken)
    {
        try
        {
            return end.Session is { } session
                ? (session, await session.RequireDriver().ListAsync(session.RequireShell(), cancellationToken).ConfigureAwait(false))
                : throw new HostUnreachableException(end.Name, end.Problem ?? "there is no session");
        }
        catch (XenMigrateException e)
        {
            PostError(e, end.Name);
            return null;
        }
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

    private protected bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
