namespace XenMigrate.Moves;

/// <summary>Looks at both hosts and says how a guest would be moved, and whether it would work. Changes nothing.</summary>
internal static class MigrationPlanner
{
    /// <param name="source">The host that the guest is on.</param>
    /// <param name="destination">The host that it is to go to.</param>
    /// <param name="guest">The guest, as it was listed.</param>
    /// <param name="options">How it is to be moved.</param>
    /// <param name="timing">Our clock.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <param name="known">What the hosts told a moment ago, of this guest too; null to ask them.</param>
    /// <exception cref="GuestNotFoundException">The guest is not on the source any more.</exception>
    /// <exception cref="NotSupportedByToolstackException">This move can't be made this way, checks or no checks.</exception>
    public static async Task<MigrationPlan> PlanAsync(
        HostSession source,
        HostSession destination,
        Guest guest,
        MigrationOptions options,
        Timing timing,
        CancellationToken cancellationToken,
        PairFacts? known = null)
    {
        string address = options.MigrationAddress ?? destination.ComputerName;
        RequireMovable(source, guest, address);

        Guid? sharing = options is { Live: true, SharesConnection: true } && guest.Toolstack == ToolstackKind.Xl ? Guid.NewGuid() : null;
        PairFacts facts = known ?? await FactCollector.CollectAsync(source, destination, address, [guest], timing, cancellationToken, sharing)
            .ConfigureAwait(false);
        Guest now = facts.Current(guest) ?? throw new GuestNotFoundException(guest.Name, source.ComputerName);
        RequireDefinitions(now, options);
        if (!SameDisks(guest, now))
        {
            // Disks came or went since the guest was listed: look at the ones it has now.
            facts = await FactCollector.CollectAsync(source, destination, address, [now], timing, cancellationToken, sharing)
                .ConfigureAwait(false);
        }

        TransferRule rule = TransferRule.Of(facts, now, options);
        Moving moving = new(options.Live) { Settings = options.CheckSettings };
        return new MigrationPlan
        {
            Guest = now,
            Source = source.ComputerName,
            Destination = destination.ComputerName,
            Mode = options.Live ? MigrationMode.Live : MigrationMode.Offline,
            MigrationAddress = address,
            SourceHost = source,
            DestinationHost = destination,
            Facts = facts,
            PreCopy = rule.Options,
            Helpers = rule.Helpers,
            PastDowntime = options.PastDowntime,
            Warning = rule.Warning,
            Selection = options.Checks,
            CheckSettings = options.CheckSettings,
            Report = new MigrationReport
            {
                Source = source.ComputerName,
                Destination = destination.ComputerName,
                Guest = [now.Name],
                Found = [now],
                FreeNowMB = facts.Destination.Xen.Value?.FreeMemoryMB,
                GeneratedAt = timing.Now(),
                CheckResult =
                [
                    .. CheckRunner.Examine(facts, moving, options.Checks),
                    .. CheckRunner.Examine(facts, now, moving, options.Checks),
                ],
            },
        };
    }

    private static void RequireMovable(HostSession source, Guest guest, string address)
    {
        if (guest.IsControlDomain)
        {
            throw new NotSupportedByToolstackException(
                source.ComputerName, $"{guest.Name} is the control domain, which can't be moved.", "Name a guest.");
        }

        if (!XlMigrate.IsAddress(address))
        {
            throw new NotSupportedByToolstackException(
                source.ComputerName,
                $"'{address}' is no host name or address that {source.Toolstack.Kind.Tool()} could be given.",
                "Give -MigrationAddress: the destination's name or address, as the source knows it.");
        }
    }

    /// <summary>Only libvirt keeps definitions apart from guests that run.</summary>
    private static void RequireDefinitions(Guest guest, MigrationOptions options)
    {
        if ((options.Persist || options.RemoveSourceDefinition) && guest.Toolstack != ToolstackKind.Libvirt)
        {
            throw new NotSupportedByToolstackException(
                guest.ComputerName,
                $"{guest.Name} is {guest.Toolstack.Tool()}'s, which keeps no definition of a guest to take along or to remove.",
                "Leave -Persist and -RemoveSourceDefinition out.");
        }
    }

    private static bool SameDisks(Guest before, Guest now)
    {
        IEnumerable<string?> paths = before.Disk.Select(disk => disk.Path);
        return !now.Disk.Select(disk => disk.Path).Except(paths, StringComparer.Ordinal).Any();
    }
}
