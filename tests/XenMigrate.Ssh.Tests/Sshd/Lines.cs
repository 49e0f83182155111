using System.Threading.Channels;

namespace XenMigrate.Ssh.Tests;

/// <summary>Collects lines as they come, and lets a test wait for one.</summary>
public sealed class Lines : IProgress<OutputLine>
{
    private readonly Channel<OutputLine> _channel = Channel.CreateUnbounded<OutputLine>();
    private readonly List<OutputLine> _all = [];
    private int _reporting;

    public IReadOnlyList<OutputLine> All => _all;

    public IEnumerable<string> Output => _all.Where(line => !line.IsError).Select(line => line.Text);

    public bool WasCalledTwiceAtOnce { get; private set; }

    public void Report(OutputLine value)
    {
        WasCalledTwiceAtOnce |= Interlocked.Increment(ref _reporting) != 1;
        _all.Add(value);
        _channel.Writer.TryWrite(value);
        Interlocked.Decrement(ref _reporting);
    }

    public async Task<string> NextAsync() => (await _channel.Reader.ReadAsync()).Text;
}
