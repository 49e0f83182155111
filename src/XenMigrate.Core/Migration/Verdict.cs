using XenMigrate.Guests;

namespace XenMigrate.Migration;

/// <summary>Who has the guest, judged from what both hosts hold and nothing else.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Host">Where the guest is; null if that can't be told.</param>
/// <param name="Settled">Whether looking again could change it: something is still being taken away.</param>
/// <param name="Advice">What to do by hand, if anything.</param>
internal sealed record Verdict(MigrationOutcome Outcome, string? Host, bool Settled, string? Advice = null)
{
    public static Verdict Of(HostView source, HostView destination)
    {
        bool arrived = destination.Own?.Activity.IsAlive() == true;

        // The source's own copy, alive under its own name, was never given away: whatever the destination has must
        // not and can't run, because it starts only after the source renamed its copy.
        if (source.Own?.Activity.IsAlive() == true)
        {
            return arrived
                ? TwoCopies(source, destination)
                : new Verdict(
                    MigrationOutcome.FailedSourceRunning,
                    source.Host,
                    Settled: destination.IsEmpty,
                    destination.Incoming is { } incoming
                        ? $"On {destination.Host}, a half-made copy is left: xl destroy {incoming.Id}"
                        : null);
        }

        if (!source.Answered || !destination.Answered)
        {
            return Silent(source, destination);
        }

        if (source.Own?.Activity == GuestState.Dying)
        {
            return new Verdict(MigrationOutcome.Undetermined, null, Settled: false);
        }

        if (arrived && source.IsEmpty)
        {
            return new Verdict(MigrationOutcome.Succeeded, destination.Host, Settled: true);
        }

        if (arrived && source.Own is null && source.MigratedAway is { } stale)
        {
            return new Verdict(
                MigrationOutcome.Succeeded,
                destination.Host,
                Settled: false,
                $"The guest runs at {destination.Host}. On {source.Host}, its old copy is left: xl destroy {stale.Id}");
        }

        return arrived ? TwoCopies(source, destination) : AtRest(source, destination);
    }

    private static Verdict TwoCopies(HostView source, HostView destination) => new(
        MigrationOutcome.Undetermined,
        null,
        Settled: false,
        $"BOTH HOSTS HAVE THE GUEST. Pause it on both at once (xl pause {source.Own?.Id} on {source.Host}, "
            + $"xl pause {destination.Own?.Id} on {destination.Host}) and find out which one its disks belong to.");

    private static Verdict Silent(HostView source, HostView destination)
    {
        string silent = source.Answered ? destination.Host : source.Host;
        return new Verdict(
            MigrationOutcome.Undetermined,
            null,
            Settled: false,
            $"Start nothing before {silent} can be asked: xl list, there. The copy that runs is the guest; "
                + "if both are at rest, the one that is not named --incoming is.");
    }

    /// <summary>Nothing runs anywhere.</summary>
    private static Verdict AtRest(HostView source, HostView destination)
    {
        Guest? kept = source.Own ?? source.MigratedAway;
        if (destination.Own is { } there)
        {
            return kept is null
                ? new Verdict(
                    MigrationOutcome.Undetermined,
                    destination.Host,
                    Settled: there.Activity != GuestState.Dying,
                    $"The guest is on {destination.Host} only, and does not run ({there.Activity}). If it is paused: xl unpause {there.Id}")
                : new Verdict(MigrationOutcome.Undetermined, null, Settled: false, Compare(source, destination));
        }

        if (kept is null)
        {
            return new Verdict(
                MigrationOutcome.Undetermined,
                null,
                Settled: false,
                $"Neither {source.Host} nor {destination.Host} has the guest: it ended, or was taken away. Its disks are untouched; "
                    + "start it from its configuration on one host.");
        }

        return destination.Incoming is { } incoming
            ? new Verdict(
                MigrationOutcome.FailedSourceSuspended,
                source.Host,
                Settled: false,
                $"First, on {destination.Host}: xl destroy {incoming.Id}. Then, on {source.Host}: {Revive(source, kept)}")
            : new Verdict(
                MigrationOutcome.FailedSourceSuspended, source.Host, Settled: true, $"On {source.Host}: {Revive(source, kept)}");
    }

    private static string Revive(HostView source, Guest kept)
    {
        string rename = kept == source.MigratedAway
            ? $"xl rename {kept.Id} {new Hosts.RemoteCommand(kept.Name.Substring(0, kept.Name.Length - Toolstacks.Xl.XlGuests.MigratedAwaySuffix.Length))}; "
            : "";
        return kept.Activity switch
        {
            GuestState.Paused => $"{rename}xl unpause {kept.Id}",
            GuestState.Suspended => $"{rename}xl resume {kept.Id} (Xen 4.20 and newer; before that the guest has to be destroyed and started anew)",
            _ => $"the guest is {kept.Activity}; see its console",
        };
    }

    private static string Compare(HostView source, HostView destination) =>
        $"{source}; {destination}. Start neither before you know which one its disks belong to.";
}
