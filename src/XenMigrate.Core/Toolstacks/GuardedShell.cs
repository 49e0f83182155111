using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks;

/// <summary>A host's shell for one act on a guest: it is done only if the guest is as the act expects.</summary>
internal sealed class GuardedShell(IHostShell shell, Expectation expected) : IHostShell
{
    /// <summary>The host's shell, for what does nothing to the guest.</summary>
    public IHostShell Unguarded => shell;

    public HostEndpoint Endpoint => shell.Endpoint;

    public bool IsConnected => shell.IsConnected;

    /// <summary>The CPU time that the guest had used once the act was done, where that was asked for.</summary>
    public string? Used { get; private set; }

    public static GuardedShell Of(IHostShell shell, Guest guest, string states) => new(shell, Expectation.Of(guest, states));

    /// <exception cref="GuestChangedException">The guest is not as it was expected, and nothing was done.</exception>
    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        CommandResult result = await shell.RunAsync(GuardedAct.Command(expected, command), timeout, lines, cancellationToken).ConfigureAwait(false);
        if (GuardedAct.Found(result) is { } found)
        {
            throw new GuestChangedException(expected.Name ?? $"{expected.Uuid}", Endpoint.ComputerName, expected.ToString(), found);
        }

        Used = GuardedAct.Left(result);
        return GuardedAct.Without(result);
    }

    public Task<IReadOnlyList<CommandResult>> RunAllAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An act is one command.");

    // The session belongs to whoever opened it.
    public void Dispose()
    {
    }
}
