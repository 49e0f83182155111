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
        if (await IsLibvirtsAsync(answers[0].View(moved).Own, cancellationToken).ConfigureAwait(false))
        {
            moved = moved with { Toolstack = ToolstackKind.Libvirt };
        }

        HostView[] views = [.. answers.Select(answer => answer.View(moved))];
        XlResume? waking = views[0].Copies.Any(copy => copy is { Toolstack: ToolstackKind.Xl, Activity: GuestState.Suspended })
            ? await AskWakingAsync(cancellationToken).ConfigureAwait(false)
            : null;

        Guest? cutOff = CutOff(journal, answers, views);
        string[] waiting = [.. answers[1].Processes.Where(process => cutOff is not null && XcRestore.Guest(process) == cutOff.Id)];
        return new MoveScene(
            views[0],
            views[1],
            [
                .. answers.SelectMany(answer => answer.Processes.Except(waiting).Select(answer.Named)),
                .. answers.SelectMany(answer => answer.HeldBy(moved.Uuid, own?.Holder.Token)),
            ],
            journal,
            answers.Select(answer => answer.NoProcesses).FirstOrDefault(problem => problem is not null),
            IsUnknown(moved, views) ? Unknown(answers, journal) : Settlement.Of(views[0], views[1], new MoveKnowledge
            {
                WasOffline = trace.Mode == MigrationMode.Offline && !IsBooted(journal?.SourceBootId, answers[0]),
                Waking = waking,
                WasKept = journal is { State: JournalState.Finished, Outcome: MigrationOutcome.FailedSourceSuspended } && !IsBooted(journal.SourceBootId, answers[0]),
                WasGiven = journal?.GaveAway == true && !IsBooted(journal.DestinationBootId, answers[1]),
                Given = answers[0].Notes.Given(moved.Uuid),
                DestinationBootId = answers[1].Notes.BootId,
                CutOff = cutOff?.Id,
                WaitsForMore = waiting.Length > 0,
            }))
        {
            HostsTellWho = moved.Uuid is not null,
        };
    }

    /// <summary>How the source wakes a suspended guest; null if its tools are strange ones.</summary>
    private async Task<XlResume?> AskWakingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await XlResume.Question.AskAsync(source.Session!.Shell, cancellationToken).ConfigureAwait(false);
        }
        catch (OutputNotUnderstoodException)
        {
            return null;
        }
    }

    /// <summary>Whether a host was booted since a move began: then no copy there is one that the move left, whatever its journal tells.</summary>
    private static bool IsBooted(string? began, HostTraces host) => began is not null && host.Notes.BootId is { } now && now != began;

    /// <summary>
    /// The half guest that xend got no more memory of, since the source was booted after it had begun to send it; null if that
    /// is not known, or if the source sends one again.
    /// </summary>
    private static Guest? CutOff(GuestMigration? journal, HostTraces[] answers, HostView[] views) =>
        IsBooted(journal?.SourceBootId, answers[0]) && answers[0] is { Problem: null, NoProcesses: null, Processes.Count: 0 }
        && !views[0].Copies.Any(copy => copy.State == GuestState.Migrating)
            ? views[1].Copies.FirstOrDefault(copy => copy is { Toolstack: ToolstackKind.Xend, State: GuestState.Incoming })
            : null;

    private static bool IsUnknown(Guest moved, HostView[] views) => moved.Uuid is null && Array.TrueForAll(views, view => view.Answered && view.IsEmpty);

    /// <summary>By its name alone nobody knows it: somebody may have given it another since.</summary>
    /// <exception cref="GuestNotFoundException">No journal tells of it either.</exception>
    private Settlement Unknown(HostTraces[] answers, GuestMigration? journal)
    {
        string others = string.Join(", ", answers.Select(answer => $"{answer.Host} has {Names(answer)}"));
        return journal is null
            ? throw GuestNotFoundException.Nowhere(trace.Name, source.Name, destination.Name, others)
            : new Settlement([], $"No guest called {trace.Name} is known to {source.Name} or {destination.Name}; {others}. If it is one of these by another name, name it so.");
    }

    private static string Names(HostTraces host) => string.Join(", ", host.Guests.Where(guest => !guest.IsControlDomain).Select(guest => guest.Name)) is { Length: > 0 } names ? names : "none";

    /// <summary>Whether a copy that stands still is libvirt's; the quick look takes all guests for xl's.</summary>
    private async Task<bool> IsLibvirtsAsync(Guest? left, CancellationToken cancellationToken)
    {
        if (left is not { Toolstack: ToolstackKind.Xl, Activity: GuestState.Suspended } || source.Session is not { } host
            || !new[] { host.Toolstack, host.Toolstack.Alternative }.Any(toolstack => toolstack?.Kind == ToolstackKind.Libvirt))
        {
            return false;
        }

        IReadOnlyList<Guest> guests = await host.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false);
        // One that can't be found now is taken for libvirt's, of which less is known.
        return guests.FirstOrDefault(guest => guest.Id == left.Id)?.Toolstack != ToolstackKind.Xl;
    }

    /// <summary>The uuid of the guest under its own name; if no host has that, of any copy, or of the one that a host
    /// knew by it when somebody worked on it.</summary>
    private Guid? UuidOf(IEnumerable<HostTraces> answers)
    {
        Guest byName = new() { Name = trace.Name, ComputerName = source.Name };
        return answers.SelectMany(answer => answer.View(byName).Copies)
            .OrderBy(copy => copy.Name == trace.Name ? 0 : 1)
            .Select(copy => copy.Uuid)
            .FirstOrDefault(uuid => uuid is not null)
            ?? answers.SelectMany(answer => answer.Notes.Names).Where(known => known.Value == trace.Name).Select(known => (Guid?)known.Key).FirstOrDefault();
    }
}
