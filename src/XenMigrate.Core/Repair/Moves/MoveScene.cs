namespace XenMigrate.Repair.Moves;

/// <summary>What both hosts and the journal tell of a move at one moment.</summary>
/// <param name="Source">What the source holds.</param>
/// <param name="Destination">What the destination holds.</param>
/// <param name="UnderWay">Processes that send or take a guest, each with its host.</param>
/// <param name="Journal">What the journal says; null if there is none.</param>
/// <param name="Problem">Why it can't be told whether something is under way; null if it can.</param>
/// <param name="Settlement">What would make one living copy of it.</param>
internal sealed record MoveScene(
    HostView Source,
    HostView Destination,
    IReadOnlyList<string> UnderWay,
    GuestMigration? Journal,
    string? Problem,
    Settlement Settlement)
{
    private const int LongestCommand = 100;

    /// <summary>Who has the guest, and what to do about it by hand.</summary>
    public Verdict Verdict { get; } = Verdict.Of(Source, Destination);

    /// <summary>Whether the hosts themselves tell if somebody works on the guest, as they do by its uuid.</summary>
    public bool HostsTellWho { get; init; }

    /// <summary>Why nothing may be touched yet; null if nothing is under way.</summary>
    public string? Obstacle =>
        Problem is not null ? Problem
        : Journal is { State: JournalState.InFlight } && !HostsTellWho ? "The process that moves it runs still."
        : UnderWay.Count > 0 ? $"A move may be under way: {UnderWay[0]}."
        : null;

    /// <summary>Whether a look a little later may show something else.</summary>
    public bool MayChange => Obstacle is not null || Copies.Any(IsChanging);

    /// <summary>What was seen, a sentence each.</summary>
    public IReadOnlyList<string> Evidence =>
    [
        .. new[] { Source.ToString(), Destination.ToString() },
        .. UnderWay.Select(process => $"{process} runs"),
        .. Journal is null ? [] : new[]
        {
            $"its journal is {Journal.State}, and came to {Journal.Step?.ToString() ?? "no step"}"
                + (Journal.OpenCommand.Count > 0 ? $" with '{Short(Journal.OpenCommand[0])}' not ended" : ""),
        },
    ];

    /// <summary>A command in one line; the journal has all of it.</summary>
    private static string Short(string command)
    {
        string line = string.Join(" ", command.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestCommand ? line : line.Substring(0, LongestCommand - 1) + "…";
    }

    private IEnumerable<Guest> Copies => Source.Copies.Concat(Destination.Copies);

    // xend lets the source go first, and wakes the copy once its devices are there.
    private bool IsChanging(Guest copy) => !Settlement.Steps.Any(step => step.Action == CopyAction.EndRestore && step.Copy == copy)
        && (copy.Activity == GuestState.Dying || copy.State == GuestState.Migrating
        || (copy is { Toolstack: ToolstackKind.Xend, Activity: GuestState.Paused } && copy.ComputerName == Destination.Host));
}
