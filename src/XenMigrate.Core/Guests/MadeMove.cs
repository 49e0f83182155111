namespace XenMigrate.Guests;

/// <summary>A move that is over, as its result or its journal tells.</summary>
internal sealed record MadeMove(string Name, Guid? Uuid, string? Source, string? Destination, bool Live, MigrationOutcome? Outcome)
{
    /// <summary>Where it came from, as the journal knows it; null without one.</summary>
    public NamedHost? From { get; init; }

    /// <summary>Where it went, as the journal knows it; null without one.</summary>
    public NamedHost? To { get; init; }

    /// <summary>By name alone where no uuid is known.</summary>
    public bool Is(Guest guest) => guest.Id is not null && !guest.IsControlDomain
        && (Uuid is null || guest.Uuid is null ? guest.Name == Name : guest.Uuid == Uuid);

    /// <exception cref="NothingToUndoException">It took no guest anywhere, or nobody knows whether it did.</exception>
    public void Require()
    {
        if (Outcome != MigrationOutcome.Succeeded || Source is null || Destination is null)
        {
            throw new NothingToUndoException(Name, Outcome is null ? "nobody knows how its move ended." : $"its move ended as {Outcome}.");
        }

        if (string.Equals(Source, Destination, StringComparison.OrdinalIgnoreCase))
        {
            throw new NothingToUndoException(Name, $"it never left {Source}.");
        }
    }
}
