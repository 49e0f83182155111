namespace XenMigrate.Embedded.Dom0;

/// <summary>What a dom0 runs on: its CPU, its hypervisor's version, its clock, and since when it is up.</summary>
internal sealed class Machine(HostProfile profile, Timing timing)
{
    public HostProfile Profile => profile;

    /// <summary>This host's clock minus the machine's that it runs on.</summary>
    public TimeSpan ClockOffset { get; set; }

    public HostProcessor Processor { get; set; } = HostProcessor.Xeon;

    /// <summary>The version that its hypervisor tells.</summary>
    public HypervisorVersion Xen { get; set; } = HypervisorVersion.Usual;

    /// <summary>Whether it was installed anew with xl, which has taken xend's place since Xen 4.5.</summary>
    public bool HasXl { get; set; }

    /// <summary>Whether ntpd reaches a server.</summary>
    public bool HasTimeServer { get; set; } = true;

    /// <summary>Whether the kernels of the guests here tell that they can be suspended.</summary>
    public bool GuestsOfferSuspend { get; set; } = true;

    /// <summary>The id of the installed system.</summary>
    public Guid InstallationId { get; } = Guid.NewGuid();

    /// <summary>The uuid of the board.</summary>
    public Guid HardwareId { get; } = Guid.NewGuid();

    public Guid BootId { get; private set; } = Guid.NewGuid();

    public DateTimeOffset BootedAt { get; set; } = timing.Now() - profile.UpSince;

    public TimeSpan Uptime
    {
        get => timing.Now() - BootedAt;
        set => BootedAt = timing.Now() - value;
    }

    public bool IsOn { get; private set; } = true;

    /// <summary>The time of day, as this host has it.</summary>
    public DateTimeOffset Now() => timing.Now() + ClockOffset;

    public void PowerOff() => IsOn = false;

    public void Boot()
    {
        BootId = Guid.NewGuid();
        BootedAt = timing.Now();
        IsOn = true;
    }
}
