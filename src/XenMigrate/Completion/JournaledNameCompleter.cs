namespace XenMigrate;

/// <summary>Completes names of guests that journals tell of, the last moved first, and of those on connected hosts.</summary>
public sealed class JournaledNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        HostSessions sessions = HostSessions.Current;
        string?[] folders = fakeBoundParameters?["LogPath"] is string named ? [named] : [JournalFolder.Default, .. sessions.All.Select(host => host.Shell.Endpoint.JournalFolder).Distinct()];
        GuestNameCache cache = sessions.Names;
        IReadOnlyList<HostSession> hosts = BoundHosts.Of(fakeBoundParameters);
        IReadOnlyList<string> journaled = BoundedWait.For(token => Task.FromResult(Names([.. folders.OfType<string>()], token)));
        IReadOnlyList<Guest> guests = BoundedWait.For(token => cache.ReadAsync(hosts, token));
        return Completions.Of(journaled.Concat(guests.Select(guest => guest.Name)).Distinct(StringComparer.Ordinal), wordToComplete);
    }

    private static IReadOnlyList<string> Names(string[] folders, CancellationToken cancellationToken)
    {
        using CancellationTokenSource half = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        half.CancelAfter(TimeSpan.FromMilliseconds(400));
        try
        {
            return
            [
                .. JournalFolder.Find(folders)
                    .TakeWhile(_ => !half.IsCancellationRequested)
                    .Select(path => JournalReader.ReadBegun(path)?.Guest)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ];
        }
        catch (JournalNotReadException)
        {
            return [];
        }
    }
}
