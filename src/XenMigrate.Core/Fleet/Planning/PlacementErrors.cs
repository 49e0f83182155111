namespace XenMigrate;

/// <summary>Guests can't be brought where they are wanted, one live move after the other.</summary>
public sealed class PlacementUnreachableException : XenMigrateException
{
    internal PlacementUnreachableException(IReadOnlyList<string> guests, bool proved) : base(
        $"{(proved ? "No order of moves brings" : "No order of moves was found that brings")} all guests where they are wanted: at each of them the destination has to have room while the guest is still where it was.",
        $"It would go if {(guests.Count == 1 ? "this guest" : $"these {guests.Count.ToString(CultureInfo.InvariantCulture)} guests")} made room meanwhile: {string.Join(", ", guests)}. Save-Guest, carry out the plan for the others, then Restore-Guest at the destination. Or free memory, or let a further host take part. Nothing was touched.") =>
        Guest = guests;

    /// <summary>The guests that would have to be saved in between, as few as were found.</summary>
    public IReadOnlyList<string> Guest { get; }
}

/// <summary>Where guests are wanted, they can't be together.</summary>
public sealed class PlacementInvalidException(string problem) : XenMigrateException(
    $"Where the guests are wanted, they can't be: {problem}", "Change the placement. Nothing was touched.");
