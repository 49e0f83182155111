using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Journal;
using XenMigrate.Migration;
using XenMigrate.Toolstacks;
using XenMigrate.Toolstacks.Leases;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.Repair.Moves;

/// <summary>Asks both hosts what they hold of a guest that was moved, and waits while something is under way.</summary>
internal sealed class SceneReader(MoveTrace trace, HostEnd source, HostEnd destination, Timing timing)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    /// <summary>Looks until nothing moves any more, or the time is over.</summary>
    public async Task<MoveScene> ReadSettledAsync(
        TimeSpan limit, Action<string> tell, CancellationToken cancellationToken, GuestLease? own = null)
    {
        TimeSpan until = timing.Elapsed() + limit;
        IReadOnlyList<string> told = [];
        while (true)
        {
            MoveScene scene = await ReadAsync(own, cancellationToken).ConfigureAwait(false);
            foreach (string text in scene.Evidence.Except(told))
            {
                tell(text);
            }

            told = scene.Evidence;
            if (!scene.MayChange || scene.Problem is not null || timing.Elapsed() >= until)
            {
                return scene;
            }

            await timing.Delay(s_interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="own">What we hold of the guest ourselves: nobody else's work.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<MoveScene> ReadAsync(GuestLease? own, CancellationToken cancellationToken)
    {
        GuestMigration? journal = trace.ReadJournal();
        Task<HostTraces> here = HostTraces.AskAsync(source, cancellationToken);
        Task<HostTraces> there = HostTraces.AskAsync(destination, cancellationToken);
        HostTraces[] answers = [await here.ConfigureAwait(false), await there.ConfigureAwait(false)];

        Guest moved = new() { Name = trace.Name, Uuid = trace.Uuid ?? UuidOf(answers), ComputerName = source.Name };
        HostView[] views = [.. answers.Select(answer => answer.View(moved))];
        XlResume? waking = views[0].Copies.Any(copy => copy is { Toolstack: ToolstackKind.Xl, Activity: GuestState.Suspended })
            ? await AskWakingAsync(cancellationToken).ConfigureAwait(false)
            : null;

        return new MoveScene(
            views[0],
            views[1],
            [
                .. answers.SelectMany(answer => answer.Processes.Select(answer.Named)),
                .. answers.SelectMany(answer => answer.HeldBy(moved.Uuid, own?.Holder.Token)),
            ],
            journal,
            answers.Select(answer => answer.NoProcesses).FirstOrDefault(problem => problem is not null),
            Settlement.Of(views[0], views[1], trace.Mode == MigrationMode.Offline, waking))
        {
            HostsTellWho = moved.Uuid is not null,
        };
    }

    /// <summary>How the source wakes a suspended guest; null if its tools are strange ones.</summary>
    private async Task<XlResume?> AskWakingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await XlResume.Question.AskAsync(source.Session!.RequireShell(), cancellationToken).ConfigureAwait(false);
        }
        catch (OutputNotUnderstoodException)
        {
            return null;
        }
    }

    /// <summary>The uuid of the guest under its own name; if no host has that, of any copy.</summary>
    private Guid? UuidOf(IEnumerable<HostTraces> answers)
    {
        Guest byName = new() { Name = trace.Name, ComputerName = source.Name };
        return answers.SelectMany(answer => answer.View(byName).Copies)
            .OrderBy(copy => copy.Name == trace.Name ? 0 : 1)
            .Select(copy => copy.Uuid)
            .FirstOrDefault(uuid => uuid is not null);
    }
}
