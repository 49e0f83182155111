namespace XenMigrate.Embedded.Dom0;

/// <summary>What xend finds on its host: the files, the processes, the guests, and what they are plugged into.</summary>
internal sealed class ControlDomain(Machine machine, HostFiles files, EmbeddedNetwork network)
{
    public Machine Machine => machine;

    public HostFiles Files => files;

    public EmbeddedNetwork Network => network;

    public ProcessList Processes { get; } = new();

    public Hypervisor Hypervisor { get; } = new();

    /// <summary>The bridge that its guests are plugged into.</summary>
    public HostBridge Bridge { get; } = new(files);

    public XendLog Log { get; } = new(files, machine.Now, machine.Profile.XendProcess);

    public GuestConsoles Consoles { get; } = new(files);
}
