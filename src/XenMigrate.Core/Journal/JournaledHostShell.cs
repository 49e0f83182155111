using System.Diagnostics;

namespace XenMigrate.Journal;

/// <summary>
/// A shell that writes into a journal what it is about to run and how that ended: after a crash in between, it can be
/// told what a host was asked to do.
/// </summary>
internal sealed class JournaledHostShell(IHostShell shell, MoveJournal journal) : IHostShell
{
    public HostEndpoint Endpoint => shell.Endpoint;

    public bool IsConnected => shell.IsConnected;

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        // That the guest is held still is told every 20 s, and nothing is done to it.
        LeaseCommands.Is(command.Words) ? shell.RunAsync(command, timeout, lines, cancellationToken) : TellAsync(
            // What guards an act is the same for all of them.
            GuardedAct.Act(command).ToString(),
            () => shell.RunAsync(command, timeout, lines, cancellationToken),
            result => result.ExitCode);

    public Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        TellAsync(
            Text(batches.SelectMany(batch => batch)),
            () => shell.RunAtOnceAsync(batches, timeout, cancellationToken),
            results => results.SelectMany(batch => batch).Select(result => result.ExitCode).FirstOrDefault(code => code != 0));

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) =>
        shell.UploadAsync(content, path, cancellationToken);

    // The session belongs to whoever opened it.
    public void Dispose()
    {
    }

    private static string Text(IEnumerable<RemoteCommand> commands) =>
        string.Join("; ", commands.Where(command => !LeaseCommands.Is(command.Words)).Select(command => command.ToString()));

    private async Task<T> TellAsync<T>(string text, Func<Task<T>> run, Func<T, int> exitCode)
    {
        int number = journal.CommandBegins(Endpoint.ComputerName, text);
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            T result = await run().ConfigureAwait(false);
            journal.CommandEnded(number, exitCode(result), clock.Elapsed, null);
            return result;
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException)
        {
            journal.CommandEnded(number, null, clock.Elapsed, e.Message);
            throw;
        }
    }
}
