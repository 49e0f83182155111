namespace XenMigrate.Tests.Hosting;

/// <summary>A host with xl that answers from memory.</summary>
internal sealed class FakeHost(string name) : IHostShell
{
    private const string Information =
        "xen_major : 4\nxen_minor : 17\nxen_version : 4.17.3\ntotal_memory : 4096\nfree_memory : 1024\nxen_scheduler : credit2\n";

    private readonly Dictionary<string, CommandResult> _answers = new()
    {
        ["xl info"] = new(0, Information, ""),
        ["cat /proc/sys/kernel/random/boot_id"] = new(0, "6a4b6d3e-63c8-4ba5-8a0e-1f1f9f1f2d10\n", ""),
        ["xl list"] = new(0, Table([]), ""),
        ["xl list -l"] = new(0, "[]", ""),
    };

    /// <summary>What was run, in order.</summary>
    public ConcurrentQueue<string> Ran { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>Commands wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public HostEndpoint Endpoint { get; } = new(name, "192.0.2.1", 22, "root", "SHA256:abc", JumpHost: null);

    public bool IsConnected => !IsDisposed;

    /// <summary>Guests as "name id state", where the state is as xl's letters.</summary>
    public FakeHost With(params string[] guests)
    {
        _answers["xl list"] = _answers["xl list -v"] = new(0, Table(guests), "");
        return this;
    }

    public FakeHost Answers(string command, string output, int exitCode = 0)
    {
        _answers[command] = new(exitCode, output, "");
        return this;
    }

    public FakeHost Fails(string command, string error)
    {
        _answers[command] = new(1, "", error);
        return this;
    }

    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        Ran.Enqueue(command.ToString());
        return _answers.TryGetValue(command.ToString(), out CommandResult? answer) ? answer : new(1, "", "no such command");
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken)
    {
        List<CommandResult> results = [];
        foreach (RemoteCommand command in commands)
        {
            results.Add(await RunAsync(command, timeout, null, cancellationToken));
        }

        return results;
    }

    /// <summary>A new session.</summary>
    public FakeHost Open()
    {
        IsDisposed = false;
        return this;
    }

    public void Dispose() => IsDisposed = true;

    private static string Table(IEnumerable<string> guests) =>
        "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
        + "Domain-0                                     0   512     2     r-----      17.3\n"
        + string.Concat(guests.Select(guest => guest.Split(' ')).Select(guest =>
            $"{guest[0],-40} {guest[1],5}   256     1     {guest[2]}      {guest[1]}.5\n"));
}
