namespace XenMigrate.Embedded.Commands;

/// <summary>Collects what a program writes, and hands its lines on while it runs.</summary>
internal sealed class CommandOutput(IProgress<OutputLine>? lines)
{
    private readonly object _lock = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _outputLine = new();
    private readonly StringBuilder _errorLine = new();

    public void Write(string text) => Write(text, isError: false);

    public void WriteLine(string text) => Write(text + "\n", isError: false);

    public void WriteError(string text) => Write(text + "\n", isError: true);

    /// <summary>The program has ended: what it wrote last may lack its line's end.</summary>
    public CommandResult End(int exitCode)
    {
        lock (_lock)
        {
            Flush(_outputLine, isError: false);
            Flush(_errorLine, isError: true);
            return new CommandResult(exitCode, _output.ToString(), _error.ToString());
        }
    }

    private void Write(string text, bool isError)
    {
        lock (_lock)
        {
            _ = (isError ? _error : _output).Append(text);
            StringBuilder line = isError ? _errorLine : _outputLine;
            foreach (char c in lines is null ? "" : text)
            {
                if (c is '\n' or '\r')
                {
                    lines!.Report(new OutputLine(isError, line.ToString()));
                    _ = line.Clear();
                }
                else
                {
                    _ = line.Append(c);
                }
            }
        }
    }

    private void Flush(StringBuilder line, bool isError)
    {
        if (line.Length > 0)
        {
            lines?.Report(new OutputLine(isError, line.ToString()));
            _ = line.Clear();
        }
    }
}
