namespace XenMigrate;

/// <summary>Get-GuestMigration tells of moves what their journals say, the newest first, and the hosts that are named.</summary>
[Cmdlet(VerbsCommon.Get, "GuestMigration")]
[OutputType(typeof(GuestMigration))]
public sealed class GetGuestMigrationCommand : HostCmdlet
{
    private HashSet<string> _missing = [];

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("GuestName", "Domain")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JournaledNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>How far the moves are that are wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JournalState[]? State { get; set; }

    /// <summary>The folder of the journals, or one journal, as the LogPath of a result is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Hosts to ask what they hold: only moves from or to one of them are told, and what no journal knows of.</summary>
    [Parameter]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[]? ComputerName { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        LogFolder folder = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        HostMoves? hosts = ComputerName is null
            ? null
            : new HostMoves(await Task.WhenAll(Expand(ComputerName).Select(host => AskAsync(host, cancellationToken))).ConfigureAwait(false));

        // Of a name with wildcards, none is an answer too.
        _missing = [.. Name.Where(name => !WildcardPattern.ContainsWildcardCharacters(name))];
        foreach (string file in JournalFolder.Find(folder.All))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                GuestMigration move = JournalFolder.Read(file);
                Tell(hosts is null ? move : hosts.Join(move));
            }
            catch (JournalNotReadException e)
            {
                PostError(e, file);
            }
        }

        if (hosts is { OfNamesakes: > 0 and var count })
        {
            Post(() => WriteWarning($"{Figures.Many(count, "journal")} told of other machines that were called so, with other hardware, installation and host key, and {(count == 1 ? "is" : "are")} left out."));
        }

        foreach (GuestMigration leftover in hosts?.Unknown() ?? [])
        {
            Tell(leftover);
        }

        foreach (string name in _missing)
        {
            PostError(GuestNotFoundException.InJournals(name), name);
        }
    }

    private void Tell(GuestMigration? move)
    {
        _missing.RemoveWhere(name => move is not null && Pattern(name).IsMatch(move.Name));
        if (move is not null && Name.Any(name => Pattern(name).IsMatch(move.Name)) && (State is null || State.Contains(move.State)))
        {
            Post(() => WriteObject(move));
        }
    }

    private async Task<HostTraces> AskAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        HostEnd end;
        try
        {
            end = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            PostError(e, host);
            end = new HostEnd(host.ComputerName, null, e.Message);
        }

        HostTraces traces = await HostTraces.AskAsync(end, cancellationToken).ConfigureAwait(false);
        if ((end.Session is null ? null : traces.Problem ?? traces.NoProcesses) is { } problem)
        {
            Post(() => WriteWarning($"{host}: {problem}"));
        }

        return traces;
    }

    private static WildcardPattern Pattern(string name) =>
        new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
