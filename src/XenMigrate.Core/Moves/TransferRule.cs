namespace XenMigrate.Moves;

/// <summary>What the source's transfer is told, and by what it obeys. What it can't do is refused, not forgotten.</summary>
/// <param name="Options">What it is told; null if it goes by a rule of its own.</param>
/// <param name="Helpers">The save helpers that obey; null if the toolstack obeys by itself.</param>
/// <param name="Warning">Why a helper that is there is not used; null for nothing.</param>
internal sealed record TransferRule(PreCopyOptions? Options, HelperPair? Helpers = null, string? Warning = null)
{
    private const string LiveOptions = "-MaximumDowntime, -OfflineFallback, -Bandwidth and the like";

    /// <exception cref="NotSupportedByToolstackException">The caller asked for what can't be done.</exception>
    public static TransferRule Of(PairFacts facts, Guest guest, MigrationOptions options)
    {
        if (options.OnlyBySsh && guest.Toolstack != ToolstackKind.Xl)
        {
            throw new NotSupportedByToolstackException(
                facts.Source.Host,
                $"{guest.Name} is {guest.Toolstack.Tool()}'s, which sends memory to a port of the destination, not by ssh.",
                "Leave -Transport out.");
        }

        if (!options.Live)
        {
            return new TransferRule(Options: null);
        }

        if (facts.Source.Xen.Value?.Capabilities.Contains(PreCopyOptions.Capability) == true)
        {
            return new TransferRule(WithoutHelper(facts, Limited(options)));
        }

        return guest.Toolstack switch
        {
            ToolstackKind.Xl => ByHelper(facts, options),
            ToolstackKind.Libvirt => ByDaemon(facts, options),
            ToolstackKind other when options.PreCopy is not null => throw Disobedient(facts, other.Tool(), $"Leave {LiveOptions} out."),
            _ => new TransferRule(Options: null),
        };
    }

    /// <summary>libvirt's daemon starts the helper itself, for all of its guests, if it was given ours.</summary>
    private static TransferRule ByDaemon(PairFacts facts, MigrationOptions options)
    {
        MigrationHelper? here = options.Helper is { } package ? Look(facts.Source, package) : null;
        if (here is not { State: MigrationHelperState.Ready, IsGivenToLibvirt: true })
        {
            return options.PreCopy is null
                ? new TransferRule(Options: null)
                : throw Disobedient(
                    facts, "virsh", $"Give libvirt's daemon XenMigrate's save helper (its README says how), and leave -NoHelper out; or leave {LiveOptions} out.");
        }

        PreCopyOptions requested = Whole(facts, options);
        return requested.Compression != StreamCompression.None
            ? throw new NotSupportedByToolstackException(
                facts.Destination.Host, "its libvirt can't unpack what the source would pack.", "Leave -Compression out.")
            : requested.EnforceDowntime
            ? throw new NotSupportedByToolstackException(
                facts.Source.Host, "its libvirt lets no guest go on whose move is given up once it stands still.", "Leave -EnforceDowntime out.")
            : new TransferRule(requested, new HelperPair(here.Path!, null));
    }

    private static TransferRule ByHelper(PairFacts facts, MigrationOptions options)
    {
        string source = facts.Source.Host;
        if (options.Helper is not { } package)
        {
            return options.PreCopy is null
                ? new TransferRule(Options: null)
                : throw Disobedient(facts, "xl", $"Leave -NoHelper out, or {LiveOptions}.");
        }

        MigrationHelper here = Look(facts.Source, package);
        MigrationHelper there = Look(facts.Destination, package);
        if (here.State != MigrationHelperState.Ready)
        {
            return options.PreCopy is null
                ? new TransferRule(Options: null, Warning: Unused(here))
                : throw Disobedient(
                    facts,
                    "xl",
                    $"Its save helper would obey, and is {here.State} ({here.Why}). {Remedy(here)}, or leave {LiveOptions} out.");
        }

        PreCopyOptions requested = Whole(facts, options);
        bool framed = there.State == MigrationHelperState.Ready;
        if (requested.Compression != StreamCompression.None && !framed)
        {
            throw new NotSupportedByToolstackException(
                facts.Destination.Host,
                $"it can't unpack what {source} would pack: its save helper is {there.State} ({there.Why}).",
                $"{Remedy(there)}, or leave -Compression out.");
        }

        if (requested.Compression == StreamCompression.Zstd
            && new[] { here, there }.FirstOrDefault(helper => helper.Zstd != true) is { } lacking)
        {
            throw new NotSupportedByToolstackException(
                lacking.ComputerName,
                "its save helper finds no libzstd.so.1 there.",
                $"Install it on {lacking.ComputerName} (Debian: apt install libzstd1), or give -Compression ZeroPages.");
        }

        return new TransferRule(requested, new HelperPair(here.Path!, framed ? there.Path : null), Unused(there));
    }

    /// <summary>What only a save helper does is refused of a transfer that obeys by itself.</summary>
    private static PreCopyOptions WithoutHelper(PairFacts facts, PreCopyOptions requested) =>
        requested is { EnforceDowntime: false, Compression: StreamCompression.None, Throttle: false }
            ? requested
            : throw new NotSupportedByToolstackException(
                facts.Source.Host,
                "its transfer knows no hard limit of the pause, no compression and no throttling of guests.",
                "Leave -EnforceDowntime, -Compression and -Throttle out.");

    private static NotSupportedByToolstackException Disobedient(PairFacts facts, string tool, string advice) => new(
        facts.Source.Host,
        $"its {tool} decides by itself how to copy, so it can't be told how long the pause may be, how much bandwidth to use, or when to give up.",
        advice);

    // To give up at the limit is a cancellation; to pause the guest then is what only the transfer can do.
    private static PreCopyOptions Limited(MigrationOptions options)
    {
        PreCopyOptions requested = options.PreCopy ?? options.UsualPreCopy;
        return requested.OfflineFallback ? requested with { TimeLimit = requested.TimeLimit ?? options.Timeout } : requested;
    }

    /// <summary>The same with what the pause takes beside the copy, which the helper can't know.</summary>
    /// <exception cref="DowntimeTooShortException">That alone takes longer than is allowed.</exception>
    private static PreCopyOptions Whole(PairFacts facts, MigrationOptions options)
    {
        PreCopyOptions requested = Limited(options);
        if (options.PastDowntime is not { } past)
        {
            return requested;
        }

        return past.Fixed < requested.MaximumDowntime || requested.OfflineFallback
            ? requested with { Fixed = past with { LastCopy = TimeSpan.Zero } }
            : throw new DowntimeTooShortException(facts.Source.Host, facts.Destination.Host, requested.MaximumDowntime, past);
    }

    /// <summary>What a host has of the helper, as far as it was looked for.</summary>
    public static MigrationHelper Look(HostFacts host, HelperPackage package) => host.Helpers switch
    {
        { Value: { } findings } => findings.Evaluate(host.Host, package),
        { Problem: { } problem } => Unknown(host.Host, problem),
        _ => Unknown(host.Host, host.SessionProblem ?? "it was not looked for"),
    };

    private static MigrationHelper Unknown(string host, string why) =>
        new() { ComputerName = host, State = MigrationHelperState.Absent, Why = why };

    private static string? Unused(MigrationHelper helper) => helper.State is MigrationHelperState.Ready or MigrationHelperState.Absent
        ? null
        : $"The save helper of {helper.ComputerName} is {helper.State}, so it is not used: {helper.Why}. {Remedy(helper)}.";

    private static string Remedy(MigrationHelper helper) => helper.State == MigrationHelperState.Unusable
        ? $"See Get-MigrationHelper {helper.ComputerName}"
        : $"Install-MigrationHelper {helper.ComputerName}";
}
