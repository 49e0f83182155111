namespace XenMigrate.Tests.Hosting;

/// <summary>A host of xend's with nothing but a relocation configuration.</summary>
internal sealed class FakeXendHost(string name, string configuration) : IHostShell
{
    public string Configuration { get; private set; } = configuration;

    /// <summary>The programs that were run, in order.</summary>
    public ConcurrentQueue<string> Ran { get; } = [];

    public HostEndpoint Endpoint { get; } = new(name, "192.0.2.1", 22, "root", "SHA256:abc", JumpHost: null);

    public bool IsConnected => true;

    public MigrationHost ToHost() => new(new HostSession(
        this, new XendToolstack(this, Timing.Real), new HostInformation("3.1.2", 4096, 1024, null, null, "", TimeSpan.Zero), DateTimeOffset.UnixEpoch));

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        Ran.Enqueue(command.Words[0]);
        return Task.FromResult(Answer(command.Words));
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken) =>
        await Task.WhenAll(commands.Select(command => RunAsync(command, timeout, null, cancellationToken)));

    public void Dispose()
    {
    }

    private CommandResult Answer(IReadOnlyList<string> words)
    {
        switch (words[0])
        {
            case "od":
                return new(0, string.Concat(Configuration.Select(c => $" {(int)c:x2}")) + "\n", "");
            case "sh" when words[2] == RelocationWrite.Script:
                Configuration = RelocationFile.Decode(words[6]);
                return new(0, "", "");
            case "service":
                return new(0, "", "");
            case "lsof":
                return new(0, "xend 2345 root 5u IPv4 12345 0t0 TCP *:8002 (LISTEN)\n", "");
            default:
                return new(127, "", "not found");
        }
    }
}
