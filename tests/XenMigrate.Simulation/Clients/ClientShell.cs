namespace XenMigrate.Simulation.Clients;

/// <summary>A client's connection to a host, which is made again when it has dropped.</summary>
internal sealed class ClientShell(World world, Client client, SimulatedHost host) : IHostShell
{
    // How long somebody waits who knocks at a host that is not there.
    private static readonly TimeSpan s_knocking = TimeSpan.FromSeconds(15);

    public HostEndpoint Endpoint { get; } = new(host.Name, host.Address, 22, "root", null, null);

    public bool IsConnected => client.Reaches(host);

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        Execution execution = new(client, host, command, lines);
        return Run(execution, timeout, () => HostCommands.Start(execution), execution.Result, cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // One remote execution, whose commands the host answers one after the other: they only look, and what a host does
        // not have it says so of.
        Execution execution = new(client, host, commands[0], null);
        IReadOnlyList<CommandResult> results = [];
        CommandResult whole = await Run(
            execution,
            timeout,
            () =>
            {
                results = [.. commands.Select(command => host.Leases.Run(command.Words) ?? HostCommands.Answer(host, RemoteWords.Act(command)) ?? new CommandResult(127, "", "not found"))];
                client.Looks(host, commands);
                execution.Say("all");
                execution.End(0);
            },
            execution.Result,
            cancellationToken).ConfigureAwait(false);
        return whole.ExitCode == 0 ? results
            : throw new OutputNotUnderstoodException(commands[^1], $"only some of {commands.Count} commands ended", "");
    }

    public void Dispose()
    {
    }

    private async Task<CommandResult> Run(
        Execution execution, TimeSpan timeout, Action start, Task<CommandResult> result, CancellationToken cancellationToken)
    {
        if (!client.IsAlive)
        {
            return await new TaskCompletionSource<CommandResult>().Task.ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        client.Begin(execution);
        if (client.Reaches(host))
        {
            // It gets there if the connection holds until then.
            world.Timeline.After(client.Latency(), () =>
            {
                if (!execution.IsOpen || !client.IsAlive)
                {
                    return;
                }

                if (!client.Reaches(host))
                {
                    client.Hears(s_knocking, () => execution.Fail(new HostDisconnectedException(host.Name, "no answer")));
                    return;
                }

                host.After(TimeSpan.Zero, () =>
                {
                    if (execution.IsOpen)
                    {
                        world.Log($"{host.Name}: {execution.Who}");
                        start();
                    }
                });
            });
        }
        else
        {
            client.Hears(s_knocking, () => execution.Fail(new HostUnreachableException(host.Name, "no route to host")));
        }

        if (timeout != Timeout.InfiniteTimeSpan)
        {
            client.Hears(timeout, () =>
            {
                if (execution.IsOpen)
                {
                    execution.Process?.End();
                    execution.Fail(new HostTimeoutException(host.Name, execution.Command, timeout));
                }
            });
        }

        using CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            if (execution.IsOpen)
            {
                execution.Process?.End();
                execution.Fail(new OperationCanceledException(cancellationToken));
            }
        });
        return await result.ConfigureAwait(false);
    }
}
