namespace XenMigrate.Simulation.Xl;

/// <summary>What the two ends of a move say to each other.</summary>
internal abstract record MoveMessage
{
    public sealed record Banner : MoveMessage;

    /// <summary>The guest's configuration; its memory follows.</summary>
    public sealed record Header(GuestTruth Guest, string Name) : MoveMessage;

    /// <summary>The rest of its memory, once it stands still.</summary>
    public sealed record Memory(long Value, double Used) : MoveMessage;

    public sealed record Ready : MoveMessage;

    public sealed record Go : MoveMessage;

    public sealed record Report(int Status) : MoveMessage;
}

/// <summary>Where a running tool writes to.</summary>
internal interface IToolOutput
{
    HostProcess? Process { get; set; }

    /// <summary>Who answers for what it does.</summary>
    string Who { get; }

    void Complain(string text);

    void End(int code);
}
