namespace XenMigrate.Repair.Moves;

/// <summary>What one host shows of moves: its guests, and the processes that send or take some.</summary>
/// <param name="Host">The host.</param>
/// <param name="Guests">Its guests; none if it could not be asked.</param>
/// <param name="Processes">The words of each such process.</param>
/// <param name="NoProcesses">Why the processes are not known; null if they are.</param>
/// <param name="Problem">Why the host could not be asked; null if it was.</param>
internal sealed record HostTraces(
    string Host, IReadOnlyList<Guest> Guests, IReadOnlyList<string> Processes, string? NoProcesses, string? Problem)
{
    /// <summary>The host as journals know it.</summary>
    public NamedHost Known { get; init; } = Host;

    /// <summary>What the host keeps in mind of the guests that are or were worked on.</summary>
    public HostNotes Notes { get; init; } = new();

    public static async Task<HostTraces> AskAsync(HostEnd end, CancellationToken cancellationToken)
    {
        if (end.Session is not { } host)
        {
            return Silent(end.Name, end.Problem ?? "there is no session");
        }

        // The processes first: what ends between the two questions has left its traces when the guests are looked at.
        IReadOnlyList<string> processes = [];
        HostNotes notes = new();
        string? noProcesses = null;
        try
        {
            Question<IReadOnlyList<string>> underWay = MovesUnderWay.Question(host.ComputerName);
            IReadOnlyList<CommandResult> told = await host.Shell.RunAllAsync(
                [.. underWay.Commands, .. LeaseCommands.List.Commands], HostShellExtensions.ReadTimeout, cancellationToken).ConfigureAwait(false);
            processes = underWay.ReadWhole([.. told.Take(underWay.Commands.Count)]);
            notes = LeaseCommands.List.ReadWhole([.. told.Skip(underWay.Commands.Count)]);
        }
        catch (XenMigrateException e)
        {
            noProcesses = $"Whether a move is under way on {host} can't be told: {e.Message}";
        }

        try
        {
            IReadOnlyList<Guest> guests = await host.Toolstack.ListStatesAsync(cancellationToken).ConfigureAwait(false);
            return new HostTraces(host.ComputerName, guests, processes, noProcesses, null) { Known = host.Named, Notes = notes };
        }
        catch (XenMigrateException e)
        {
            return Silent(host.ComputerName, e.Message) with { Known = host.Named };
        }
    }

    public HostView View(Guest moved) => Problem is null ? HostView.Of(Host, Guests, moved) : HostView.Silent(Host, Problem);

    /// <summary>The processes that work on a guest, as far as their words tell.</summary>
    public IEnumerable<string> Moving(HostView view) => Processes
        .Where(words => view.Incoming is not null
            || view.Copies.Any(copy => copy.State == GuestState.Migrating || words.Split(' ').Contains($"{copy.Id}")))
        .Select(Named);

    /// <summary>Who else holds a guest here, or runs a tool for it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="own">Our own token; null if we hold nothing.</param>
    public IEnumerable<string> HeldBy(Guid? guest, Guid? own) => Notes.Leases
        .Where(lease => lease.Uuid == guest && (own is null || lease.Token != own))
        .Select(lease => $"{lease.Text}, on {Host}");

    /// <summary>A process with its host.</summary>
    public string Named(string process) => $"'{process}' on {Host}";

    private static HostTraces Silent(string host, string problem) => new(host, [], [], null, problem);
}
