namespace XenMigrate.Facts;

/// <summary>Everything the checks want to know of one host, or why it could not be asked.</summary>
internal sealed record HostFacts
{
    public required string Host { get; init; }

    /// <summary>Why the host could not be asked at all; null if it could.</summary>
    public string? SessionProblem { get; init; }

    public ToolstackKind? Toolstack { get; init; }

    /// <summary>What drives some of the guests in place of that; null where there is no other.</summary>
    public ToolstackKind? AlternativeToolstack { get; init; }

    public required Answer<string> BootId { get; init; }

    public required Answer<XenInformation> Xen { get; init; }

    public required Answer<IReadOnlyList<Guest>> Guests { get; init; }

    public required Answer<IReadOnlyList<string>> Bridges { get; init; }

    public required Answer<IReadOnlyList<Mount>> Mounts { get; init; }

    public required Answer<IReadOnlyList<string>> Addresses { get; init; }

    public required MachineFacts Machine { get; init; }

    /// <summary>The CPU features that it can give to guests; null where it was not asked.</summary>
    public Answer<CpuPolicies>? Policies { get; init; }

    /// <summary>Whether libxl takes memory from its control domain; null where that is xend's business, or was not asked.</summary>
    public Answer<AutoBallooning>? AutoBallooning { get; init; }

    /// <summary>What it tells of single guests, by domain id; the source alone is asked.</summary>
    public IReadOnlyDictionary<int, DomainFacts> Domains { get; init; } = new Dictionary<int, DomainFacts>();

    /// <summary>Its save helpers; null where the toolstack starts none but its own, or was not asked.</summary>
    public Answer<HelperFindings>? Helpers { get; init; }

    /// <summary>How it takes guests; null where that is not xend's business.</summary>
    public RelocationFacts? Relocation { get; init; }

    /// <summary>What the bridges are like that guests are plugged into.</summary>
    public required Answer<IReadOnlyDictionary<string, BridgeDetails>> BridgeDetails { get; init; }

    public required StorageFacts Storage { get; init; }

    /// <summary>By path.</summary>
    public required IReadOnlyDictionary<string, Answer<DiskFile>> Disks { get; init; }

    /// <summary>Where the paths of disks of all its guests lead, by path; none where no other guest has a disk.</summary>
    public IReadOnlyDictionary<string, Answer<DiskNode>> Nodes { get; init; } = new Dictionary<string, Answer<DiskNode>>();

    public static HostFacts Unreachable(string host, string problem) => new()
    {
        Host = host,
        SessionProblem = problem,
        BootId = Answer<string>.None(host, problem),
        Xen = Answer<XenInformation>.None(host, problem),
        Guests = Answer<IReadOnlyList<Guest>>.None(host, problem),
        Bridges = Answer<IReadOnlyList<string>>.None(host, problem),
        Mounts = Answer<IReadOnlyList<Mount>>.None(host, problem),
        Addresses = Answer<IReadOnlyList<string>>.None(host, problem),
        BridgeDetails = Answer<IReadOnlyDictionary<string, BridgeDetails>>.None(host, problem),
        Storage = StorageFacts.None(host, problem),
        Machine = MachineFacts.Unknown(host, problem),
        Disks = new Dictionary<string, Answer<DiskFile>>(),
    };
}

/// <summary>The two ends of a planned move, and the way between them.</summary>
/// <param name="Source">The host that has the guests.</param>
/// <param name="Destination">The host they are to go to.</param>
/// <param name="MigrationAddress">What the source calls the destination.</param>
/// <param name="Ssh">How an ssh from the source to the destination went, where that is their way.</param>
internal sealed record PairFacts(
    HostFacts Source, HostFacts Destination, string MigrationAddress, Answer<SshProbe> Ssh)
{
    /// <summary>How a connection from the source to the destination's xend went; null where that is not their way.</summary>
    public Answer<RelocationProbe>? Probe { get; init; }

    /// <summary>What came of the files that were written to find out whether storage is shared, by folder; null without consent.</summary>
    public IReadOnlyDictionary<string, TokenRoundTrip>? Tokens { get; init; }

    /// <summary>The guests that are to move, as they were listed; none where only the hosts are looked at.</summary>
    public IReadOnlyList<Guest> Moving { get; init; } = [];

    /// <summary>What the source says of the way that libvirt would take; null where there is no libvirt.</summary>
    public Answer<LibvirtProbe>? Libvirt { get; init; }

    /// <summary>What both hosts have, as far as one of them tells.</summary>
    public ToolstackKind? Toolstack => Source.Toolstack ?? Destination.Toolstack;

    /// <summary>Whether guests would go by that toolstack, as far as is known: a host may have two.</summary>
    public bool MayGoBy(ToolstackKind kind) => Moving.Count > 0
        ? Moving.Any(guest => (Current(guest) ?? guest).Toolstack == kind)
        : Toolstack is null || Toolstack == kind;

    /// <summary>
    /// A guest as the source describes it now: as it was listed if the source does not answer, null if it is gone.
    /// </summary>
    public Guest? Current(Guest listed)
    {
        if (Source.Guests.Value is not { } guests)
        {
            return listed;
        }

        // A uuid is for life; an id is for one stay, and a name can be given to another.
        return guests.Where(guest => listed.Uuid is not null
            ? guest.Uuid == listed.Uuid && guest.State is not (GuestState.Incoming or GuestState.MigratedAway)
            : guest.Id == listed.Id && guest.Name == listed.Name)
            // What xend moves has the same uuid, and may be all there is.
            .OrderBy(guest => guest.State == GuestState.Migrating)
            .FirstOrDefault();
    }
}
