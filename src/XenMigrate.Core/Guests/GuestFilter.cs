namespace XenMigrate.Guests;

/// <summary>One thing that was asked for: a name, a pattern, an id or a uuid.</summary>
/// <param name="Text">It, in words for an error.</param>
/// <param name="MustExist">Whether finding nothing is an error: not so for a pattern.</param>
/// <param name="Matches">Whether a guest is meant.</param>
internal sealed record GuestCriterion(string Text, bool MustExist, Func<Guest, bool> Matches)
{
    /// <summary>An exact name.</summary>
    public static GuestCriterion Name(string name) =>
        new(name, MustExist: true, guest => string.Equals(guest.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Any pattern of names, as the caller's shell understands patterns.</summary>
    public static GuestCriterion Pattern(string pattern, Func<string, bool> matches) =>
        new(pattern, MustExist: false, guest => matches(guest.Name));

    public static GuestCriterion Id(int id) => new($"with id {id}", MustExist: true, guest => guest.Id == id);

    public static GuestCriterion Uuid(Guid uuid) =>
        new($"with uuid {uuid}", MustExist: true, guest => guest.Uuid == uuid);
}

/// <summary>Chooses among the guests that hosts listed.</summary>
internal sealed record GuestFilter
{
    /// <summary>What was asked for; a guest needs to match one of them.</summary>
    public required IReadOnlyList<GuestCriterion> Criteria { get; init; }

    /// <summary>States to keep; none keeps all.</summary>
    public IReadOnlyCollection<GuestState> States { get; init; } = [];

    public bool IncludeControlDomain { get; init; }

    /// <summary>Whether to keep guests that a toolstack knows and that are not there.</summary>
    public bool IncludeInactive { get; init; }

    /// <summary>Whether patterns pass over copies that moves make and leave: who means one names it.</summary>
    public bool SparesLeftovers { get; init; }

    /// <summary>The chosen guests by name and host, each once, and what was asked for by name and is nowhere.</summary>
    public GuestSelection Apply(IEnumerable<Guest> guests)
    {
        Guest[] visible = [.. guests.Where(IsVisible)];

        return new GuestSelection(
            [.. visible.Where(guest => IsWanted(guest) && HasState(guest)).OrderBy(guest => guest)],
            // A guest in another state is there: only its absence is worth an error.
            [.. Criteria.Where(wanted => wanted.MustExist && !visible.Any(wanted.Matches)).Select(wanted => wanted.Text)]);
    }

    private bool IsVisible(Guest guest) =>
        (IncludeControlDomain || !guest.IsControlDomain) && (IncludeInactive || guest.Id is not null);

    private bool IsWanted(Guest guest) => Criteria.Any(wanted =>
        wanted.Matches(guest) && (wanted.MustExist || !SparesLeftovers || !guest.IsLeftover()));

    private bool HasState(Guest guest) => States.Count == 0 || States.Contains(guest.State);
}

/// <summary>What a filter found, and what it did not.</summary>
internal sealed record GuestSelection(IReadOnlyList<Guest> Guests, IReadOnlyList<string> NotFound);
