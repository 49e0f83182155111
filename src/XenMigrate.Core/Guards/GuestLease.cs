namespace XenMigrate.Guards;

/// <summary>
/// A guest as it is held by whoever moves, saves, restores or repairs it, on each host that it is done on. It is taken by a
/// command of its own or with the first act there, renewed meanwhile, and given back at the end, with the last question there
/// or by a command of its own; every act on the guest looks whether it holds still.
/// </summary>
internal sealed class GuestLease(Guid? uuid, LeaseHolder holder, Timing timing)
{
    // A third of the time after which a host takes a silent holder for gone.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(20);

    private readonly object _lock = new();
    private readonly List<IHostShell> _hosts = [];
    private readonly Dictionary<IHostShell, RemoteCommand> _last = [];

    /// <summary>The guest; null for one whose uuid is not known, which nothing can be held of.</summary>
    public Guid? Uuid => uuid;

    public LeaseHolder Holder => holder;

    public static GuestLease Of(Guest guest, string work, Timing timing) => new(guest.Uuid, LeaseHolder.For(work, timing.Now()), timing);

    /// <exception cref="GuestLeasedException">Somebody else holds it there.</exception>
    /// <exception cref="RemoteCommandFailedException">The host can't keep leases.</exception>
    public async Task TakeAsync(IHostShell host, string guest, CancellationToken cancellationToken)
    {
        if (uuid is { } known)
        {
            RemoteCommand take = LeaseCommands.Take(known, holder, guest);
            // Before it is known whether it was taken: one that was has to be given back.
            Joined(host);
            CommandResult result = await host.RunAsync(take, cancellationToken).ConfigureAwait(false);
            LeaseRefusal.Require(result, guest, host.Endpoint.ComputerName);
            if (!result.Succeeded)
            {
                throw new RemoteCommandFailedException(host.Endpoint.ComputerName, take, result);
            }
        }
    }

    /// <summary>Whether the next act there is the first: it takes the lease, and from then on it has to be held.</summary>
    public bool Joins(IHostShell host)
    {
        lock (_lock)
        {
            return uuid is not null && !_hosts.Contains(host);
        }
    }

    /// <summary>A host keeps the lease from now on.</summary>
    public void Joined(IHostShell host)
    {
        lock (_lock)
        {
            if (!_hosts.Contains(host))
            {
                _hosts.Add(host);
            }
        }
    }

    /// <summary>
    /// The host's shell for the last question there: once that is answered, the same execution gives the lease back. Who has
    /// to ask again takes it again.
    /// </summary>
    public IHostShell GivingBack(IHostShell host) => uuid is not null && !Joins(host) ? new LastQuestionShell(host, this) : host;

    /// <summary>What is to be done on a host when the work is over: with the last question there, or by itself.</summary>
    public void AtLast(IHostShell host, RemoteCommand command)
    {
        lock (_lock)
        {
            _last[host] = command;
        }
    }

    /// <summary>Takes it again where it was given back too soon. Where somebody else took it meanwhile, it is theirs.</summary>
    public async Task TakeAgainAsync(IHostShell host, string guest)
    {
        if (Joins(host))
        {
            Joined(host);
            await TryAsync(host, LeaseCommands.Take(uuid!.Value, holder, guest)).ConfigureAwait(false);
        }
    }

    /// <summary>Does the work, renews the lease meanwhile wherever it was taken, and gives it back.</summary>
    public async Task<T> DuringAsync<T>(Func<Task<T>> work)
    {
        using CancellationTokenSource over = new();
        Task renewing = RenewAsync(over.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await renewing.ConfigureAwait(false);
            await OnAllAsync(LeaseCommands.Release).ConfigureAwait(false);
            await Task.WhenAll(TakeLast(_ => true).Select(last => TryAsync(last.Key, last.Value))).ConfigureAwait(false);
        }
    }

    private KeyValuePair<IHostShell, RemoteCommand>[] TakeLast(Func<IHostShell, bool> isOn)
    {
        lock (_lock)
        {
            KeyValuePair<IHostShell, RemoteCommand>[] taken = [.. _last.Where(last => isOn(last.Key))];
            Array.ForEach(taken, last => _last.Remove(last.Key));
            return taken;
        }
    }

    private void Left(IHostShell host)
    {
        lock (_lock)
        {
            _ = _hosts.Remove(host);
        }
    }

    private async Task RenewAsync(CancellationToken over)
    {
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = over.Register(() => ended.TrySetResult(true));
        while (true)
        {
            using CancellationTokenSource tick = timing.Limit(s_interval);
            if (!await ended.Task.IsCancelledFirstAsync(tick.Token).ConfigureAwait(false) || over.IsCancellationRequested)
            {
                return;
            }

            // One that is lost by now is noticed by the next act, which is not done then.
            await OnAllAsync(LeaseCommands.Renew).ConfigureAwait(false);
        }
    }

    private Task OnAllAsync(Func<Guid, LeaseHolder, RemoteCommand> command)
    {
        IHostShell[] hosts;
        lock (_lock)
        {
            hosts = uuid is null ? [] : [.. _hosts];
        }

        return Task.WhenAll(hosts.Select(host => TryAsync(host, command(uuid!.Value, holder))));
    }

    /// <summary>What does not reach its host now ends there by itself.</summary>
    private static async Task TryAsync(IHostShell host, RemoteCommand command)
    {
        try
        {
            _ = await host.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
        }
        catch (XenMigrateException)
        {
            // The host's own time ends the lease.
        }
    }

    private sealed class LastQuestionShell(IHostShell shell, GuestLease lease) : IHostShell
    {
        public HostEndpoint Endpoint => shell.Endpoint;

        public bool IsConnected => shell.IsConnected;

        public Task<CommandResult> RunAsync(
            RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A question has its commands in a list.");

        public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
            IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken)
        {
            RemoteCommand[] commands = [.. batches.SelectMany(batch => batch)];
            IReadOnlyList<CommandResult> results = await shell.RunAllAsync(
                [
                    .. commands,
                    .. lease.TakeLast(host => host == shell).Select(last => last.Value),
                    LeaseCommands.Release(lease.Uuid!.Value, lease.Holder),
                ],
                timeout,
                cancellationToken).ConfigureAwait(false);
            lease.Left(shell);
            return results.InBatches(batches);
        }

        public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A question has its commands in a list.");

        // The session belongs to whoever opened it.
        public void Dispose()
        {
        }
    }
}
