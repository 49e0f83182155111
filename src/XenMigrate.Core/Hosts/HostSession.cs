namespace XenMigrate.Hosts;

/// <summary>An open session with a Xen host: its shell, what drives its guests, and what was learned when it was opened.</summary>
internal sealed class HostSession(IHostShell shell, Toolstack toolstack, HostInformation information, DateTimeOffset connectedAt)
    : IGuestHost
{
    /// <summary>The name as the user typed it; it names the host everywhere.</summary>
    public string ComputerName => shell.Endpoint.ComputerName;

    public IHostShell Shell => shell;

    /// <summary>Whether commands can be run now.</summary>
    public bool IsConnected => shell.IsConnected;

    public Toolstack Toolstack => toolstack;

    public HostInformation Information => information;

    /// <summary>The host as journals know it.</summary>
    public NamedHost Named => new(ComputerName, information.Identity);

    public DateTimeOffset ConnectedAt => connectedAt;

    /// <summary>What need not be asked again, whoever asks by this session.</summary>
    public KeptResults Kept { get; private init; } = new();

    /// <summary>The same session by another shell, such as one that tells of each command or guards an act.</summary>
    public HostSession Via(Func<IHostShell, IHostShell> wrap)
    {
        IHostShell wrapped = wrap(shell);
        return new HostSession(wrapped, toolstack.Via(wrapped), information, connectedAt) { Kept = Kept };
    }

    /// <summary>The same session as it is kept, which no cmdlet listens to.</summary>
    public HostSession WithoutObserver() => shell is ObservedHostShell observed ? Via(_ => observed.Unobserved) : this;

    /// <summary>What drives the guests of a toolstack on this host.</summary>
    /// <exception cref="NotSupportedByToolstackException">Nothing here does.</exception>
    public Toolstack ToolstackOf(ToolstackKind kind) => new[] { toolstack, toolstack.Alternative }.FirstOrDefault(each => each?.Kind == kind)
        ?? throw new NotSupportedByToolstackException(
            ComputerName, $"the session drives no guests of {kind}.", $"Connect-MigrationHost {ComputerName} connects again, and finds out what the host has.");

    /// <summary>Whether it leads to the same machine, by the same session or another one.</summary>
    public bool IsSameMachine(HostSession other) => Equals(other) || (information.BootId is { Length: > 0 } boot && boot == other.Information.BootId);

    /// <summary>Whether it is the same session, whoever observes it.</summary>
    public override bool Equals(object? obj) => obj is HostSession other
        && string.Equals(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase)
        && WithoutObserver().Shell == other.WithoutObserver().Shell;

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ComputerName);

    public override string ToString() => ComputerName;
}
