using XenMigrate.Simulation.Hosts;
using XenMigrate.Simulation.Xen;

namespace XenMigrate.Simulation.Xl;

/// <summary>What the two ends of xl migrate say to each other.</summary>
internal abstract record XlMessage
{
    public sealed record Banner : XlMessage;

    /// <summary>The guest's configuration; its memory follows.</summary>
    public sealed record Header(GuestTruth Guest, string Name) : XlMessage;

    /// <summary>The rest of its memory, once it stands still.</summary>
    public sealed record Memory(long Value, double Used) : XlMessage;

    public sealed record Ready : XlMessage;

    public sealed record Go : XlMessage;

    public sealed record Report(int Status) : XlMessage;
}

/// <summary>Where a running xl writes to.</summary>
internal interface IXlOutput
{
    HostProcess? Process { get; set; }

    /// <summary>Who answers for what it does.</summary>
    string Who { get; }

    void Complain(string text);

    void End(int code);
}
