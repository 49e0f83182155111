using System.Text;

namespace XenMigrate.Tests.Mock;

/// <summary>libxl's part: starts the helper, answers it, and reads its stream when told to.</summary>
internal sealed class MockLibxl : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<List<string>> _errors;
    private readonly Task _dialogue;
    private readonly TaskCompletionSource _roundBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lastPassBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _stream;
    private readonly MemoryStream _received = new();
    private Task _reading = Task.CompletedTask;

    public MockLibxl(MockFolder folder, string arguments = "--save-domain 9 8 7 1 136 0")
    {
        // A shell gives it the descriptors, as libxl does by fork and exec; then it is the helper itself. Who started these
        // tests may ignore signals (nohup, a background job), and no shell takes that back.
        const string Exec = "exec env --default-signal";
        ProcessStartInfo start = new("/bin/sh", ["-c", $"{Exec} \"$0\" {arguments} 8</dev/null 9>\"$1\"", MockXen.Program, folder.Stream])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        folder.Apply(start);
        _process = Process.Start(start)!;
        _stream = new FileStream(folder.Stream, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        _errors = Task.Run(ReadErrors);
        _dialogue = Task.Run(Answer);
    }

    public int ProcessId => _process.Id;

    public List<MessageKind> Calls { get; } = [];

    public List<string> Logs { get; } = [];

    public (int Result, int Error)? Completed { get; private set; }

    /// <summary>The first round's first page may be on its way.</summary>
    public Task RoundBegan => _roundBegan.Task.WaitAsync(s_patience);

    public Task LastPassBegan => _lastPassBegan.Task.WaitAsync(s_patience);

    public byte[] Received => _received.ToArray();

    public IReadOnlyList<PreCopyReport> Reports => [.. _errors.Result.Select(PreCopyReport.Parse).OfType<PreCopyReport>()];

    public IReadOnlyList<MigrationIteration> Rounds => [.. Reports.OfType<PreCopyReport.RoundEnded>().Select(round => round.Iteration)];

    public PreCopyReport.TransferEnded End => Assert.IsType<PreCopyReport.TransferEnded>(Reports[^1]);

    public IReadOnlyList<string> Errors => _errors.Result;

    /// <summary>Takes the stream, as the destination would.</summary>
    public MockLibxl Read()
    {
        _reading = Task.Run(() => _stream.CopyTo(_received));
        return this;
    }

    /// <summary>The transport's end.</summary>
    public void BreakStream() => _stream.Dispose();

    public void Leave()
    {
        _process.StandardInput.Close();
        _process.StandardOutput.Close();
    }

    public void Signal(PosixSignal signal) => Assert.Equal(0, kill(_process.Id, signal switch
    {
        PosixSignal.SIGTERM => 15,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGHUP => 1,
        _ => (int)signal,
    }));

    /// <summary>Waits for its end; the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using CancellationTokenSource patience = new(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        _ = await _errors;
        await _dialogue;
        await (_stream.CanRead ? _reading.WaitAsync(s_patience) : Task.CompletedTask);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _stream.Dispose();
        _process.Dispose();
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    private List<string> ReadErrors()
    {
        List<string> lines = [];
        while (_process.StandardError.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private void Answer()
    {
        try
        {
            BinaryReader messages = new(_process.StandardOutput.BaseStream);
            while (true)
            {
                byte[] body = messages.ReadBytes(messages.ReadUInt16());
                Take(new BinaryReader(new MemoryStream(body)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It ended, or we left.
        }
    }

    private void Take(BinaryReader message)
    {
        MessageKind kind = (MessageKind)message.ReadUInt16();
        switch (kind)
        {
            case MessageKind.Log:
                Logs.Add($"{message.ReadInt32()} {message.ReadInt32()} {Text(message)}: {Text(message)}");
                break;
            case MessageKind.Progress:
                _ = (Text(message), Text(message), message.ReadUInt64(), message.ReadUInt64());
                _ = Calls.Contains(MessageKind.Suspend) ? _lastPassBegan.TrySetResult() : _roundBegan.TrySetResult();
                break;
            default:
                Calls.Add(kind);
                Completed = kind == MessageKind.Complete ? (message.ReadInt32(), message.ReadInt32()) : Completed;
                byte[] answer = BitConverter.GetBytes(kind == MessageKind.Suspend ? 1 : 0);
                _process.StandardInput.BaseStream.Write(answer);
                _process.StandardInput.BaseStream.Flush();
                break;
        }

        Assert.Equal(kind is MessageKind.SwitchQemuLogDirty ? 8 : 0, message.BaseStream.Length - message.BaseStream.Position);
    }

    private static string Text(BinaryReader message)
    {
        byte[] bytes = message.ReadBytes(message.ReadInt32());
        Assert.Equal(0, bytes[^1]);
        return Encoding.UTF8.GetString(bytes, 0, bytes.Length - 1);
    }
}
