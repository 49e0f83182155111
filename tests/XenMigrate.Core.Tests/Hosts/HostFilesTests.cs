namespace XenMigrate.Tests;

public class HostFilesTests
{
    [Fact(Timeout = 20000)]
    public async Task A_file_goes_through_a_shell_that_is_observed()
    {
        FileShell shell = new();

        await ObservedHostShell.Of(shell, _ => { }).UploadAsync(new MemoryStream([1, 2]), "/x", CancellationToken.None);

        (string path, byte[] content) = Assert.Single(shell.Files);
        Assert.Equal("/x", path);
        Assert.Equal([1, 2], content);
    }

    private sealed class FileShell : IHostShell
    {
        private readonly FakeShell _shell = new("a");

        public List<(string Path, byte[] Content)> Files { get; } = [];

        public HostEndpoint Endpoint => _shell.Endpoint;

        public bool IsConnected => true;

        public async Task UploadAsync(Stream content, string path, CancellationToken cancellationToken)
        {
            using MemoryStream copy = new();
            await content.CopyToAsync(copy, cancellationToken);
            Files.Add((path, copy.ToArray()));
        }

        public Task<CommandResult> RunAsync(
            RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
            _shell.RunAsync(command, timeout, lines, cancellationToken);

        public Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
            IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
            _shell.RunAtOnceAsync(batches, timeout, cancellationToken);

        public void Dispose()
        {
        }
    }
}
