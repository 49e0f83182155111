namespace XenMigrate.Guards;

/// <summary>A host's shell for one act on a guest: it is done only if the guest is as the act expects.</summary>
internal sealed class GuardedShell(IHostShell shell, Expectation expected, GuestLease? lease = null) : IHostShell
{
    private Action<string?>? _tell;

    /// <summary>The host's shell, for what does nothing to the guest.</summary>
    public IHostShell Unguarded => shell;

    public HostEndpoint Endpoint => shell.Endpoint;

    public bool IsConnected => shell.IsConnected;

    /// <summary>The CPU time that the guest had used once the act was done, where that was asked for.</summary>
    public string? Used { get; private set; }

    /// <summary>Who acts; null for who holds nothing.</summary>
    public GuestLease? Lease => lease;

    /// <summary>The guest, in words for an error.</summary>
    public string GuestName => expected.Name ?? $"{expected.Uuid}";

    public static GuardedShell Of(IHostShell shell, Guest guest, string states, GuestLease? lease = null) =>
        new(shell, Expectation.Of(guest, states), lease);

    /// <summary>The same for a tool that works for long, and has to go on to its end whatever becomes of us.</summary>
    public GuardedShell Lasting() => new(shell, expected with { Lasts = true }, lease) { _tell = used => Used = used };

    /// <exception cref="GuestLeasedException">Somebody else works on the guest, and nothing was done.</exception>
    /// <exception cref="LeaseLostException">We do not hold the guest any more, and nothing was done.</exception>
    /// <exception cref="GuestChangedException">The guest is not as it was expected, and nothing was done.</exception>
    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        bool joins = lease?.Joins(shell) == true;
        Expectation now = lease is null ? expected : expected with { Holder = lease.Holder, TakesLease = joins };
        if (joins)
        {
            // Before it is known whether it was taken: one that was has to be given back.
            lease!.Joined(shell);
        }

        CommandResult result = await shell.RunAsync(GuardedAct.Command(now, command), timeout, lines, cancellationToken).ConfigureAwait(false);
        LeaseRefusal.Require(result, GuestName, Endpoint.ComputerName);
        if (GuardedAct.Found(result) is { } found)
        {
            throw new GuestChangedException(GuestName, Endpoint.ComputerName, expected.ToString(), found);
        }

        Used = GuardedAct.Left(result);
        _tell?.Invoke(Used);
        return GuardedAct.Without(result);
    }

    public Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An act is one command.");

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An act is one command.");

    // The session belongs to whoever opened it.
    public void Dispose()
    {
    }
}
