namespace XenMigrate.Moves;

/// <summary>Both ends of an offline move: what each has of the guest, and its shell for an act on just that.</summary>
internal sealed class OfflineEnds(MigrationPlan plan, GuestLease lease)
{
    private HashSet<int?> _strangers = [];

    public IHostShell Source => plan.SourceHost.Shell;

    private IHostShell Destination => plan.DestinationHost.Shell;

    private Toolstack SourceToolstack => plan.SourceHost.ToolstackOf(plan.Guest.Toolstack);

    // Only xl leaves it to us to move a guest that stands still.
    private XlToolstack DestinationToolstack => (XlToolstack)plan.DestinationHost.ToolstackOf(plan.Guest.Toolstack);

    public async Task<Guest?> AtSourceAsync(int id) =>
        (await SourceToolstack.ListStatesAsync(CancellationToken.None).ConfigureAwait(false))
            .FirstOrDefault(guest => guest.Id == id && (guest.Uuid is null || plan.Guest.Uuid is null || guest.Uuid == plan.Guest.Uuid) && guest.Activity != GuestState.Dying);

    private Task<IReadOnlyList<Guest>> ListDestinationAsync() =>
        DestinationToolstack.ListStatesAsync(CancellationToken.None);

    /// <summary>Keeps in mind what is there before our copy is.</summary>
    public async Task NoteStrangersAsync() => _strangers = [.. (await ListDestinationAsync().ConfigureAwait(false)).Select(guest => guest.Id)];

    /// <summary>Our copy: what was there before we began is somebody else's, whatever its name.</summary>
    public async Task<Guest?> FindCopyAsync()
    {
        IReadOnlyList<Guest> guests = await ListDestinationAsync().ConfigureAwait(false);
        HostView ours = HostView.Of(plan.Destination, [.. guests.Where(guest => !_strangers.Contains(guest.Id))], plan.Guest);
        return ours.Incoming ?? ours.Own;
    }

    public string AwayName => plan.Guest.Name + CopyNames.MigratedAwaySuffix;

    /// <summary>What drives the source, for one act on the guest.</summary>
    public Toolstack Here(string states, string? name, string? used = null, GivenGuest? gives = null) =>
        SourceToolstack.Via(Shell(states, name, used, gives: gives));

    /// <summary>The same for the save, and its shell, which tells what processor time the guest had used by its end.</summary>
    public (Toolstack Toolstack, GuardedShell Shell) ForSave(string states, string name)
    {
        GuardedShell shell = Shell(states, name, look: true);
        return (SourceToolstack.Via(shell), shell);
    }

    private GuardedShell Shell(string states, string? name, string? used = null, bool look = false, GivenGuest? gives = null) => new(
        Source,
        Expectation.Of(plan.Guest, states) with
        {
            Name = name?.TrimEnd(),
            BootId = plan.Facts.Source.BootId.Value,
            Used = used,
            LookAfterwards = look,
            Gives = gives,
        },
        lease);

    /// <summary>What drives the destination, for one act on our copy, which never ran; for the one that makes it, if there is none.</summary>
    public XlToolstack There(Guest? copy, string states = Expectation.Still) => (XlToolstack)DestinationToolstack.Via(new GuardedShell(
        Destination,
        Expectation.Of(plan.Guest, states) with
        {
            Id = copy?.Id,
            Name = copy?.Name.TrimEnd(),
            BootId = plan.Facts.Destination.BootId.Value,
        },
        lease));
}
