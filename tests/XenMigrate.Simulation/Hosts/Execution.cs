namespace XenMigrate.Simulation.Hosts;

/// <summary>A command that a client runs on a host, and what the client hears of it.</summary>
internal sealed class Execution(Client client, SimulatedHost host, RemoteCommand command, IProgress<OutputLine>? lines)
    : IToolOutput
{
    private readonly TaskCompletionSource<CommandResult> _result = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private bool _over;
    private bool _broken;
    private readonly bool _double = client.TakeDouble();

    public Client Client { get; } = client;

    public SimulatedHost Host { get; } = host;

    public RemoteCommand Command { get; } = command;

    public Task<CommandResult> Result => _result.Task;

    /// <summary>Whether the client hears of it still.</summary>
    public bool IsOpen => !_over;

    /// <summary>Its process, once it has one of its own.</summary>
    public HostProcess? Process
    {
        get;
        set
        {
            field = value;
            // However it ends; what it ends with is told before, if it comes so far.
            value?.Ended += () => Ended(143);
        }
    }

    /// <summary>Gets the exit code of a tool that lasts, whoever hears of it.</summary>
    public Action<int> Ended { get; set; } = _ => { };

    /// <summary>Who answers for what it does.</summary>
    public string Who => $"{Client.Name}'s '{RemoteWords.Text(Command)}'";

    public void Say(string text) => Write(text, isError: false);

    public void Complain(string text) => Write(text, isError: true);

    /// <summary>It ended; the client hears of it if it still listens.</summary>
    public void End(int code)
    {
        TimeSpan route = Client.Late() ?? Client.Latency();
        Ended(code);
        Ended = _ => { };
        Process?.End();
        Host.World.Log($"{Host.Name}: {Who} ended with {code}{Excerpt()}");
        for (int times = _double ? 2 : 1; times > 0; times--)
        {
            Client.Hears(route * times, () =>
            {
                if (!_broken)
                {
                    Over(() => _result.SetResult(Client.Cut(new CommandResult(code, _output.ToString(), _error.ToString()))));
                }
            });
        }
    }

    /// <summary>The connection broke: what it writes from now on nobody reads.</summary>
    public void Break() => _broken = true;

    /// <summary>The client hears no more of it than this.</summary>
    public void Fail(Exception error)
    {
        if (!_over)
        {
            Host.World.Log($"{Client.Name}: {Who} broke off: {error.Message}");
        }

        Over(() => _result.SetException(error));
    }

    private void Write(string text, bool isError)
    {
        _ = (isError ? _error : _output).Append(text).Append('\n');
        if (lines is not null)
        {
            Client.Hears(Client.UsualLatency, () =>
            {
                for (int times = _double ? 2 : 1; times > 0 && IsOpen && !_broken; times--)
                {
                    lines.Report(new OutputLine(isError, text));
                }
            });
        }
    }

    private string Excerpt() => _error.Length == 0 ? "" : ": " + _error.ToString().Trim().Split('\n')[^1];

    private void Over(Action tell)
    {
        if (!_over && Client.IsAlive)
        {
            _over = true;
            Client.Forget(this);
            tell();
        }
    }
}
