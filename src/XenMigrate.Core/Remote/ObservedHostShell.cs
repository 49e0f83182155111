using System.Diagnostics;

namespace XenMigrate.Remote;

/// <summary>One remote execution, for the verbose stream and for counting.</summary>
internal sealed record CommandExecution(
    string ComputerName, IReadOnlyList<RemoteCommand> Commands, IReadOnlyList<int> ExitCodes, TimeSpan Duration);

/// <summary>A shell that tells of each remote execution once it ended.</summary>
internal sealed class ObservedHostShell(IHostShell shell, Action<CommandExecution> observe) : IHostShell
{
    private readonly Action<CommandExecution> _observe = observe;

    /// <summary>The shell of the session itself, which outlives who observes it.</summary>
    public IHostShell Unobserved => (shell as ObservedHostShell)?.Unobserved ?? shell;

    public HostEndpoint Endpoint => shell.Endpoint;

    public bool IsConnected => shell.IsConnected;

    /// <summary>A shell that this observer hears of, and of each execution once.</summary>
    public static IHostShell Of(IHostShell shell, Action<CommandExecution> observe) =>
        shell is ObservedHostShell observed && observed._observe == observe ? shell : new ObservedHostShell(shell, observe);

    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        CommandResult result = await shell.RunAsync(command, timeout, lines, cancellationToken).ConfigureAwait(false);
        _observe(new CommandExecution(Endpoint.ComputerName, [command], [result.ExitCode], clock.Elapsed));
        return result;
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<IReadOnlyList<CommandResult>> results =
            await shell.RunAtOnceAsync(batches, timeout, cancellationToken).ConfigureAwait(false);
        _observe(new CommandExecution(
            Endpoint.ComputerName,
            [.. batches.SelectMany(batch => batch)],
            [.. results.SelectMany(batch => batch).Select(result => result.ExitCode)],
            clock.Elapsed));
        return results;
    }

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) =>
        shell.UploadAsync(content, path, cancellationToken);

    // The session belongs to whoever opened it.
    public void Dispose()
    {
    }
}
