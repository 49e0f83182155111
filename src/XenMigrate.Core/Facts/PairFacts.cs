namespace XenMigrate.Facts;

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
