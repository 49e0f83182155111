namespace XenMigrate.Moves;

/// <summary>Who has the guest, judged from what both hosts hold and nothing else.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Host">Where the guest is; null if that can't be told.</param>
/// <param name="Settled">Whether looking again could change it: something is still being taken away.</param>
/// <param name="Advice">What to do by hand, if anything.</param>
internal sealed record Verdict(MigrationOutcome Outcome, string? Host, bool Settled, string? Advice = null)
{
    /// <param name="source">What the source holds.</param>
    /// <param name="destination">What the destination holds.</param>
    /// <param name="wasKept">Whether the tool said that the destination never had all of the guest.</param>
    public static Verdict Of(HostView source, HostView destination, bool wasKept = false)
    {
        Verdict verdict = Evaluate(source, destination, wasKept);
        // What xend calls migrating may be moving still.
        bool changes = source.Copies.Concat(destination.Copies)
            .Any(copy => copy.Activity == GuestState.Dying || copy.State == GuestState.Migrating);
        return verdict with { Settled = verdict.Settled && !changes };
    }

    private static Verdict Evaluate(HostView source, HostView destination, bool wasKept)
    {
        Guest[] here = [.. source.Copies.Where(copy => copy.Activity.IsAlive())];
        Guest[] there = [.. destination.Copies.Where(copy => copy.Activity.IsAlive())];
        if (here.Length + there.Length > 1)
        {
            return ManyCopies(source, here, destination, there);
        }

        if (source.Own is { } own && own.Activity.IsAlive())
        {
            // With xl it was never given away: whatever the destination has must not and can't run, because it starts only
            // after the source renamed its copy. xend's source hears nothing of the destination at the end: it may have
            // failed, and woken its copy, while the destination has all of the guest and wakes its own.
            // And of one that somebody renamed or started anew meanwhile, nobody knows what came before.
            return !destination.Answered && (own.Toolstack == ToolstackKind.Xend || !source.IsUntouched(own))
                ? MayRunTwice(source, own, destination)
                : RunsAtSource(source, destination, "");
        }

        if (!source.Answered || !destination.Answered)
        {
            return Silent(source, destination);
        }

        return (here.FirstOrDefault(), there.FirstOrDefault()) switch
        {
            (null, null) => AtRest(source, destination, wasKept),
            ({ State: GuestState.Migrating }, null) when destination.Own is not null || destination.Incoming is not null => UnderWay(source, destination),
            ({ } renamed, null) when renamed == source.MigratedAway && source.Own is null =>
                RunsAtSource(source, destination, $"On {source.Host}, give the guest its name back: {Rename(renamed).TrimEnd(' ', ';')}. "),
            (null, { } arrived) when arrived == destination.Own && source.Own is null => Arrived(source, destination),
            _ => new Verdict(MigrationOutcome.Undetermined, null, Settled: false, Compare(source, destination)),
        };
    }

    private static Verdict RunsAtSource(HostView source, HostView destination, string advice)
    {
        string left = destination.Copies.FirstOrDefault() is { } copy
            ? $"On {destination.Host}, a half-made copy is left: {Tool(copy)} destroy {copy.Id}"
            : "";
        string all = (advice + left).Trim();
        return new Verdict(
            MigrationOutcome.FailedSourceRunning, source.Host, Settled: destination.IsEmpty, all.Length > 0 ? all : null);
    }

    private static Verdict MayRunTwice(HostView source, Guest own, HostView destination) => new(
        MigrationOutcome.Undetermined,
        null,
        Settled: false,
        $"{source.Host} runs the guest (id {own.Id}), and "
            + (own.Toolstack == ToolstackKind.Xend ? "xend does not tell it" : "nobody can tell")
            + $" whether {destination.Host} has woken a copy too. "
            + $"As soon as {destination.Host} can be asked, see there: {Tool(own)} list. If it has {own.Name}, pause both at once "
            + $"({Tool(own)} pause {own.Id} on {source.Host}) and find out which one its disks belong to.");

    /// <summary>xend goes on without xm, and whoever takes the copies for leftovers then takes the guest away.</summary>
    private static Verdict UnderWay(HostView source, HostView destination) => new(
        MigrationOutcome.Undetermined,
        null,
        Settled: false,
        $"xend on {source.Host} may be moving it still: {source}; {destination}. See on both hosts whether that changes: xm list; "
            + "and /var/log/xen/xend.log. Destroy and rename nothing before.");

    private static Verdict Arrived(HostView source, HostView destination) => new(
        MigrationOutcome.Succeeded,
        destination.Host,
        Settled: source.IsEmpty,
        source.Copies.FirstOrDefault() is { } stale
            ? $"The guest runs at {destination.Host}. On {source.Host}, its old copy is left: {Tool(stale)} destroy {stale.Id}"
            : null);

    private static Verdict ManyCopies(HostView source, Guest[] here, HostView destination, Guest[] there)
    {
        IEnumerable<string> pauses = here.Select(copy => $"{Tool(copy)} pause {copy.Id} on {source.Host}")
            .Concat(there.Select(copy => $"{Tool(copy)} pause {copy.Id} on {destination.Host}"));
        return new Verdict(
            MigrationOutcome.Undetermined,
            null,
            Settled: false,
            $"MORE THAN ONE COPY OF THE GUEST RUNS. Pause all at once ({string.Join(", ", pauses)}) and find out which one its disks belong to.");
    }

    private static Verdict Silent(HostView source, HostView destination)
    {
        string silent = source.Answered ? destination.Host : source.Host;
        bool isXend = source.Copies.Concat(destination.Copies).Any(copy => copy.Toolstack == ToolstackKind.Xend);
        return new Verdict(
            MigrationOutcome.Undetermined,
            null,
            Settled: false,
            $"Start nothing before {silent} can be asked: {(isXend ? "xm" : "xl")} list, there. The copy that runs is the guest; "
                + (isXend
                    ? $"if both are at rest, the one on {source.Host} is."
                    : "if both are at rest, the one that is not named --incoming is."));
    }

    /// <summary>Nothing runs anywhere.</summary>
    private static Verdict AtRest(HostView source, HostView destination, bool wasKept)
    {
        Guest? kept = source.Own ?? source.MigratedAway;
        if (kept is { Activity: GuestState.Dying } || source.Others.Count + destination.Others.Count > 0)
        {
            return new Verdict(MigrationOutcome.Undetermined, null, Settled: false, Compare(source, destination));
        }

        if (destination.Own is { } there)
        {
            return kept is null
                ? new Verdict(
                    MigrationOutcome.Undetermined,
                    destination.Host,
                    // xend lets the source go first, and wakes the copy once its devices are there.
                    Settled: there is not { Toolstack: ToolstackKind.Xend, Activity: GuestState.Paused },
                    $"The guest is on {destination.Host} only, and does not run ({there.Activity}). If it is paused: {Tool(there)} unpause {there.Id}")
                : new Verdict(MigrationOutcome.Undetermined, null, Settled: false, Compare(source, destination));
        }

        if (kept is null)
        {
            return new Verdict(
                MigrationOutcome.Undetermined,
                null,
                Settled: false,
                source.IsEmpty && destination.IsEmpty ? Gone(source, destination)
                    : source.IsEmpty && destination.Incoming is { } came ? MayBeOld(source, destination, came)
                    : Compare(source, destination));
        }

        if (destination.IsEmpty && !wasKept && source.MayHaveGiven(kept))
        {
            return new Verdict(MigrationOutcome.Undetermined, null, Settled: true, MayHaveRun(source, destination, kept));
        }

        return destination.Incoming is { } incoming
            ? new Verdict(
                MigrationOutcome.FailedSourceSuspended,
                source.Host,
                Settled: false,
                $"First, on {destination.Host}: {Tool(incoming)} destroy {incoming.Id}. Then, on {source.Host}: {Wake(source, kept)}")
            : new Verdict(
                MigrationOutcome.FailedSourceSuspended, source.Host, Settled: true, $"On {source.Host}: {Wake(source, kept)}");
    }

    /// <summary>That two hosts do not have it is no proof that nobody has: a second copy is never to be started for that.</summary>
    private static string Gone(HostView source, HostView destination) =>
        $"Neither {source.Host} nor {destination.Host} has the guest: it ended, was destroyed, or somebody saved it or moved it to a third host. "
            + (source.Absence is { } uuid && destination.Absence == uuid
                ? $"Look on every other host that sees its disks: Get-Guest -Uuid {uuid}. Only if none of them has it, and no saved image of it is "
                    + "to be restored, start it on one host (Start-Guest looks at all connected hosts first)."
                : $"But not all guests there show a uuid, and it may be one of them under another name. Start nothing before you know: "
                    + $"see the guests of {source.Host} and {destination.Host}, and of every host that sees its disks.");

    /// <summary>The source has nothing: whether it gave the guest away, or lost it after it was let run again, the copy does not show.</summary>
    private static string MayBeOld(HostView source, HostView destination, Guest came) => came.Toolstack == ToolstackKind.Xend
        ? $"{source.Host} has nothing of the guest, and {destination.Host} has half of it ({came.Name}, id {came.Id}), which waits for the rest of its memory. "
            + $"It can't be let run. If {source.Host} was booted in mid-move, the rest never comes: Repair-GuestMigration then takes the half guest away, where the journal of the move "
            + $"tells of that, and the guest is to be started afresh from its configuration. By hand, on {destination.Host}: {XcRestore.EndByHand(came.Id!.Value)}"
        :        $"{source.Host} has nothing of the guest, and {destination.Host} has {came.Name}, which may be half of it, or older than it. "
            + $"Don't let it run: Repair-GuestMigration does, if {source.Host} or the journal tells that the guest goes on as it. {Afresh(destination, came)}";

    /// <summary>The source sent it, and may have been told by nobody that it ran at the other end, and is gone from there since.</summary>
    private static string MayHaveRun(HostView source, HostView destination, Guest kept) =>
        $"{source.Host} sent the guest to {destination.Host}, which has it no more: it ended there, was destroyed, was lost with its host, or never ran. "
            + $"If it ran, what {source.Host} has left in {kept.Name} is older than its disks, and would spoil them. Only if you know that it ran nowhere else since, on {source.Host}: {Wake(source, kept)}. "
            + Afresh(source, kept);

    /// <summary>What is always safe, and loses only what was in memory.</summary>
    private static string Afresh(HostView view, Guest copy) =>
        $"Else look for the guest on every other host that sees its disks{(copy.Uuid is { } uuid ? $" (Get-Guest -Uuid {uuid})" : "")}; if none has it, take this copy away "
            + $"(on {view.Host}: {Tool(copy)} destroy {copy.Id}) and start the guest afresh from its configuration: what was only in its memory is lost then.";

    private static string Wake(HostView source, Guest kept)
    {
        string rename = kept == source.MigratedAway ? Rename(kept) : "";
        return kept.Activity switch
        {
            GuestState.Paused => $"{rename}{Tool(kept)} unpause {kept.Id}",
            // One that ended by itself xend takes away: what stays shut down is suspended, and xend of Xen 3.0.3 gives it its
            // name back without waking it.
            GuestState.Suspended or GuestState.ShutDown when kept.Toolstack == ToolstackKind.Xend =>
                $"{rename}xm unpause {kept.Id}; if it stays suspended, xend has no other way to wake it: destroy it and start it anew",
            GuestState.Suspended => $"{rename}xl resume {kept.Id} (Xen 4.20 and newer; before that: {new XlResume(HasCommand: false).Command(kept.Id!.Value)})",
            _ => $"the guest is {kept.Activity}; see its console",
        };
    }

    private static string Rename(Guest away) =>
        $"{Tool(away)} rename {away.Id} {new RemoteCommand(away.OwnName())}; ";

    private static string Tool(Guest copy) => copy.Toolstack.Tool();

    private static string Compare(HostView source, HostView destination) =>
        $"{source}; {destination}. Start no copy that stands still before you know which one its disks belong to.";
}
