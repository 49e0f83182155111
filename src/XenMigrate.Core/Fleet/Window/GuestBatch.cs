namespace XenMigrate.Fleet.Window;

/// <summary>One guest of a batch, and its way.</summary>
internal sealed record GuestMove(Guest Guest, HostSession Source, HostSession Destination)
{
    /// <summary>Whether it runs while it is copied; null for what is said of all.</summary>
    public bool? Live { get; init; }

    /// <summary>Whether it may be paused for longer than allowed if it is too busy.</summary>
    public bool MayGoOffline { get; init; }

    /// <summary>What the source calls the destination, where nothing is said for all; null for the destination's name.</summary>
    public string? MigrationAddress { get; init; }

    /// <summary>It begins when all moves of lower steps have ended.</summary>
    public int Step { get; init; } = 1;

    public override string ToString() => $"{Guest} from {Source} to {Destination}";
}

/// <summary>Moves many guests, a few at a time.</summary>
/// <param name="limits">How many; what its hosts have free is asked of them.</param>
/// <param name="order">In which order they begin.</param>
/// <param name="timing">The time they go by.</param>
internal sealed class GuestBatch(WindowLimits limits, MoveOrder order, Timing timing)
{
    /// <summary>Moves them, and returns when all that began have ended.</summary>
    /// <param name="guests">The guests.</param>
    /// <param name="move">Moves one; its result is null if somebody said no.</param>
    /// <param name="began">Told of each as it begins.</param>
    /// <param name="ended">Told of each as it ends, or at last that it never began.</param>
    /// <param name="cancellationToken">From then on nothing begins; what began is waited for.</param>
    public async Task RunAsync(
        IReadOnlyList<GuestMove> guests,
        Func<GuestMove, CancellationToken, Task<MigrationResult?>> move,
        Action<GuestMove> began,
        Action<WindowResult<GuestMove, MigrationResult?>> ended,
        CancellationToken cancellationToken)
    {
        Dictionary<string, long> free = await FreeMemoryAsync(guests, cancellationToken).ConfigureAwait(false);
        await new MoveWindow<GuestMove, MigrationResult?>(limits with { FreeMemoryMB = free }, timing).RunAsync(
            [.. InOrder(guests, order).Select(Queue)],
            async (guest, token) =>
            {
                MigrationResult? result = await move(guest, token).ConfigureAwait(false);
                return new MoveEnd<MigrationResult?>(result, LandingOf(result));
            },
            next => began(next.Item),
            ended,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The moves in the order in which they begin. Named twice, by a name and by a pattern perhaps, a guest is in it once.</summary>
    public static IReadOnlyList<GuestMove> InOrder(IEnumerable<GuestMove> guests, MoveOrder order)
    {
        QueuedMove<GuestMove>[] queue =
        [
            .. guests.Select(Queue).GroupBy(guest => (guest.Identity, guest.Source, guest.Destination, guest.Step)).Select(group => group.First()),
        ];
        return [.. queue.Sort(order).Select(move => move.Item)];
    }

    private static QueuedMove<GuestMove> Queue(GuestMove move) => new(
        move,
        move.Guest.Name,
        GuestIdentity.Of(move.Guest.Uuid, move.Source.ComputerName, move.Guest.Name),
        move.Source.ComputerName,
        move.Destination.ComputerName,
        FreeMemoryCheck.NeededMB(move.Guest)) { Step = move.Step };

    private static Landing LandingOf(MigrationResult? result) => result?.Outcome switch
    {
        MigrationOutcome.Succeeded => Landing.Arrived,
        MigrationOutcome.Undetermined => Landing.Unknown,
        _ => Landing.Stayed,
    };

    /// <summary>
    /// What the destinations have free; nothing of one that does not say, where each move's own check has the say. Nor
    /// is one asked that gets a single guest: that one's check sees all there is.
    /// </summary>
    private async Task<Dictionary<string, long>> FreeMemoryAsync(
        IReadOnlyList<GuestMove> guests, CancellationToken cancellationToken)
    {
        IEnumerable<HostSession> shared = guests.GroupBy(move => move.Destination.ComputerName, StringComparer.OrdinalIgnoreCase)
            .Where(group => limits.ThrottleLimit > 1 && group.Skip(1).Any())
            .Select(group => group.First().Destination);
        (string Name, long? FreeMB)[] answers =
            await Task.WhenAll(shared.Select(host => AskAsync(host, cancellationToken))).ConfigureAwait(false);
        return answers.Where(answer => answer.FreeMB is not null)
            .ToDictionary(answer => answer.Name, answer => answer.FreeMB!.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<(string, long?)> AskAsync(HostSession host, CancellationToken cancellationToken)
    {
        try
        {
            XenInformation xen = await host.Toolstack.Information.AskAsync(host.Shell, cancellationToken).ConfigureAwait(false);
            return (host.ComputerName, xen.FreeMemoryMB);
        }
        catch (XenMigrateException)
        {
            return (host.ComputerName, null);
        }
    }
}
