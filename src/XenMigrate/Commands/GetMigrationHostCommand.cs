namespace XenMigrate;

/// <summary>Get-MigrationHost lists the sessions of this runspace. It asks no host.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationHost")]
[OutputType(typeof(MigrationHost))]
public sealed class GetMigrationHostCommand : HostCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] ComputerName { get; set; } = ["*"];

    /// <summary>The folder of the journals, which tell what was drained; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        LogFolder folder = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        IReadOnlyList<HostDrain> drained = Drained(folder);
        foreach (MigrationHost host in ComputerName.SelectMany(FindSessions).Distinct())
        {
            MigrationHost shown = drained.Any(drain => drain.Host.Is(host.Session!.Named)) ? host.AsDrained() : host;
            Post(() => WriteObject(shown));
        }
    }

    private IReadOnlyList<HostDrain> Drained(LogFolder folder)
    {
        try
        {
            return [.. folder.Drains()];
        }
        catch (JournalNotReadException e)
        {
            Post(() => WriteWarning($"Which hosts were drained is not known: {e.Message}"));
            return [];
        }
    }
}
