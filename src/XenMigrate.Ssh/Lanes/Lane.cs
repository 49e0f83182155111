namespace XenMigrate.Ssh;

/// <summary>One connection to a host, and the commands that run over it. Whoever changes it holds its owner's lock.</summary>
internal sealed class Lane(SshSession session, bool isForControl)
{
    // sshd's default MaxSessions is 10; a heartbeat needs one.
    public const int MostCommands = 8;

    // What one live move holds: the tool itself and the look at its transport.
    private const int MostTransfersAlongsideControl = 2;

    private bool _hasServed;

    public SshSession Session => session;

    /// <summary>Whether commands go over it that last as long as a question does; transfers come second here.</summary>
    public bool IsForControl { get; private set; } = isForControl;

    public int Commands { get; private set; }

    public int Transfers { get; private set; }

    /// <summary>How many commands the host takes at once, as far as is known; 0 if it takes none any more.</summary>
    public int Capacity { get; private set; } = MostCommands;

    public bool CanTake(bool isTransfer) =>
        session.IsConnected
        && Commands < Capacity
        && (!isTransfer ? IsForControl : !IsForControl || HasRoomAlongsideControl);

    private bool HasRoomAlongsideControl => Capacity == MostCommands && Transfers < MostTransfersAlongsideControl;

    public void Enter(bool isTransfer)
    {
        Commands++;
        Transfers += isTransfer ? 1 : 0;
    }

    public void Leave(bool isTransfer, bool wasRefused)
    {
        Commands--;
        Transfers -= isTransfer ? 1 : 0;
        _hasServed |= !wasRefused;
    }

    /// <summary>The host would not begin a command that has entered.</summary>
    /// <returns>Whether that can be a matter of this connection alone.</returns>
    public bool Refuse()
    {
        int others = Commands - 1;
        Capacity = System.Math.Min(Capacity, others);
        // A lane that only transfers fit into is no way to stop them.
        IsForControl &= Transfers < Capacity;
        return others > 0 || _hasServed;
    }
}
