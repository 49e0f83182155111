namespace XenMigrate.Guards;

/// <summary>
/// A tool that saves or restores a guest: it takes as long as it takes, and goes on to its end when the connection breaks.
/// How it ended is then asked of its host.
/// </summary>
internal sealed class LongWork(IHostShell host, Timing timing)
{
    /// <exception cref="WorkUnknownException">The connection broke, and nobody can say whether the tool ended.</exception>
    public async Task<CommandResult> RunAsync(RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        GuardedShell? guarded = host as GuardedShell;
        Watch watch = new(lines);
        try
        {
            return await (guarded?.Lasting() ?? host)
                .RunAsync(command, Timeout.InfiniteTimeSpan, watch, cancellationToken).ConfigureAwait(false);
        }
        catch (HostDisconnectedException e) when (guarded is not null)
        {
            WorkEnd? end = await RemoteProcess
                .WaitForEndAsync(guarded.Unguarded, guarded.Lease, watch.Process, timing, _ => { }).ConfigureAwait(false);
            // Its code alone tells little: what its lines would have told is lost.
            throw end is null ? new WorkUnknownException(guarded.GuestName, host.Endpoint.ComputerName, e) : e;
        }
    }

    private sealed class Watch(IProgress<OutputLine>? lines) : IProgress<OutputLine>
    {
        public int? Process { get; private set; }

        public void Report(OutputLine value)
        {
            Process ??= RemoteProcess.Id(value.Text, RemoteProcess.Mark);
            lines?.Report(value);
        }
    }
}
