namespace XenMigrate.Ssh;

/// <summary>One command on its way through one channel.</summary>
internal sealed class RemoteExecution
{
    private const int BufferSize = 32 * 1024;

    private readonly SshCommand _command;
    private readonly IProgress<OutputLine>? _lines;
    private readonly object _order = new();
    private readonly LineAssembler _output;
    private readonly LineAssembler _error;
    private readonly TaskCompletionSource<int> _group = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="mark">What a line begins with that ends one part of the output; null if it is all of one piece.</param>
    public RemoteExecution(SshClient client, RemoteCommand command, IProgress<OutputLine>? lines, string? mark)
    {
        _command = client.CreateCommand(WrappedCommand.Line(command));
        _lines = lines;
        int partLimit = mark is null ? OutputLimits.Stream : OutputLimits.CommandOfMany;
        _output = new LineAssembler(line => Report(isError: false, line), new KeptText(OutputLimits.Stream, mark, partLimit));
        _error = new LineAssembler(line => Report(isError: true, line), new KeptText(OutputLimits.Stream, mark, partLimit));
        Result = BlockingThread.Run(Run);
    }

    /// <summary>How the command ended. It fails with SSH.NET's exceptions, with <see cref="ChannelRefusedException"/>, or
    /// with <see cref="NotBegunException"/>.</summary>
    public Task<CommandResult> Result { get; }

    /// <summary>The command's process group on the host, once it is told.</summary>
    public Task<int> Group => _group.Task;

    /// <summary>Gives the channel up; the server is asked to end the process, which not all servers do.</summary>
    public void Abandon()
    {
        try
        {
            _command.CancelAsync(forceKill: true, millisecondsTimeout: 200);
        }
        catch (InvalidOperationException)
        {
            // It never got a channel, or has ended.
        }
        catch (SshException)
        {
            // The connection is gone.
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Closes the channel at this end, which ends the streams and with them our threads.</summary>
    public void Close() => _command.Dispose();

    private CommandResult Run()
    {
        try
        {
            Task ended = Begin();
            // Both at once: SSH.NET holds whatever nobody reads, however much that is.
            Task<bool> output = BlockingThread.Run(ReadOutput);
            ReadError();
            output.GetAwaiter().GetResult();
            ended.GetAwaiter().GetResult();
            CommandResult result = new(ExitCodes.Of(_command), _output.Text, _error.Text)
            {
                Discarded = _output.Discarded + _error.Discarded,
            };
            return _group.Task.IsCompleted ? result : throw new NotBegunException(result);
        }
        finally
        {
            _group.TrySetCanceled();
            // This also ends both streams, and with them the thread that reads the output.
            _command.Dispose();
        }
    }

    private Task Begin()
    {
        try
        {
            return _command.ExecuteAsync(CancellationToken.None);
        }
        catch (SshException e) when (ChannelRefusedException.Is(e))
        {
            throw new ChannelRefusedException(e);
        }
    }

    private bool ReadOutput()
    {
        Read(_command.OutputStream, _output);
        return true;
    }

    private void ReadError() => Read(_command.ExtendedOutputStream, _error);

    private void Read(Stream stream, LineAssembler lines)
    {
        PreambleFilter filter = new(
            group => _group.TrySetResult(group),
            (bytes, count) => Ordered(() => lines.Add(bytes, count)));

        byte[] buffer = new byte[BufferSize];
        for (int count = stream.Read(buffer, 0, buffer.Length); count > 0; count = stream.Read(buffer, 0, buffer.Length))
        {
            filter.Add(buffer, count);
        }

        filter.End();
        Ordered(lines.End);
    }

    // Two threads read; whoever gets the lines sees them one by one.
    private void Ordered(Action action)
    {
        lock (_order)
        {
            action();
        }
    }

    private void Report(bool isError, string line) => _lines?.Report(new OutputLine(isError, line));
}
