namespace XenMigrate.Tests;

/// <summary>What the checks of CPUs, versions and guests' own devices know beyond yes and no.</summary>
public class MachineCheckTests
{
    [Theory]
    [InlineData(GuestType.PV, 1, CheckStatus.Warning)]
    [InlineData(GuestType.PV, 3, CheckStatus.Passed)]
    [InlineData(GuestType.PV, 5, CheckStatus.Passed)]
    [InlineData(GuestType.HVM, 1, CheckStatus.Skipped)]
    [InlineData(GuestType.PVH, 1, CheckStatus.Skipped)]
    public void A_pv_guest_minds_a_host_that_is_up_for_less_time(GuestType type, int days, CheckStatus status) => Assert.Equal(
        status,
        Result(
            "XM-TIM-03",
            Facts.Machines(here => here, there => there with { Uptime = Facts.Known("b", new Uptime(TimeSpan.FromDays(days))) }),
            Facts.Guest with { Type = type }).Status);

    [Theory]
    [InlineData("4.5", "4.5", CheckStatus.Passed)]
    [InlineData("4.5", "4.6", CheckStatus.Warning)]
    [InlineData("4.6", "4.13", CheckStatus.Passed)]
    [InlineData("4.13", "4.14", CheckStatus.Passed)]
    [InlineData("4.14", "4.13", CheckStatus.Failed)]
    [InlineData("4.6", "4.5", CheckStatus.Failed)]
    [InlineData("4.17", "4.14", CheckStatus.Passed)]
    public void A_stream_is_read_by_xens_of_its_time_and_newer_ones(string source, string destination, CheckStatus status) => Assert.Equal(
        status,
        Result("XM-VER-03", Facts.Good with
        {
            Source = Facts.Good.Source with { Xen = Facts.Known("a", Facts.Xen(source)) },
            Destination = Facts.Good.Destination with { Xen = Facts.Known("b", Facts.Xen(destination)) },
        }).Status);

    [Theory]
    [InlineData("Red Hat Enterprise Linux Server release 5 (Tikanga)", CheckStatus.Failed)]
    [InlineData("Red Hat Enterprise Linux Server release 5.1 (Tikanga)", CheckStatus.Passed)]
    [InlineData("Fedora release 4 (Stentz)", CheckStatus.Passed)]
    public void Enterprise_linux_migrates_guests_from_5_1_on(string release, CheckStatus status) => Assert.Equal(
        status,
        Result("XM-VER-04", Facts.Machines(
            here => here with { Release = Facts.Known("a", SystemRelease.Parse("i686", release)) }, there => there)).Status);

    [Fact]
    public void More_features_than_the_guest_has_are_no_harm() => Assert.Equal(
        CheckStatus.Passed,
        Result("XM-CPU-02", Facts.Domain(domain => domain with { Policy = Facts.Known("a", Facts.Policies("Domain 5", Facts.Features(1))) })).Status);

    [Fact]
    public void Missing_features_are_named_with_the_line_that_levels_them()
    {
        CheckResult result = Result("XM-CPU-02", Facts.AtDestination(host => host with
        {
            Policies = Facts.Known("b", Facts.Policies("PV Max", Facts.Features(0x1f8bfbff & ~(3u << 25)))),
        }));

        Assert.Equal((CheckStatus.Failed, "sse, sse2"), (result.Status, result.Actual));
        Assert.Contains("cpuid = \"host,sse=0,sse2=0\"", result.Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuestType.PV, CheckStatus.Passed)]
    [InlineData(GuestType.HVM, CheckStatus.Failed)]
    [InlineData(GuestType.PVH, CheckStatus.Failed)]
    public void A_guest_is_measured_by_what_its_kind_can_be_given(GuestType type, CheckStatus status) => Assert.Equal(
        status,
        Result(
            "XM-CPU-02",
            Facts.AtDestination(host => host with { Policies = Facts.Known("b", Facts.Policies("PV Max", Facts.All, "HVM Max", Facts.Features(1))) }),
            Facts.Guest with { Type = type }).Status);

    [Theory]
    [InlineData("bfebfbff:20100800:00000000:00000140:0004e3bd:00000000:00000001", CheckStatus.Passed)]
    [InlineData("bfebfbff:20100800:00000000:00000140:0000641d:00000000:00000001", CheckStatus.Unknown)]
    public void Where_no_policy_is_told_the_hosts_own_words_are_compared(string there, CheckStatus status) =>
        Assert.Equal(status, Result("XM-CPU-02", Hardware("bfebfbff:20100800:00000000:00000140:0004e3bd:00000000:00000001", there)).Status);

    [Theory]
    [InlineData("Intel(R) Xeon(R)", CheckStatus.Passed)]
    [InlineData("Intel(R) Core(TM)", CheckStatus.Unknown)]
    public void Where_nobody_tells_of_features_only_the_same_model_is_sure(string model, CheckStatus status)
    {
        PairFacts pair = Hardware(null, null);
        pair = pair with
        {
            Destination = pair.Destination with
            {
                Machine = pair.Destination.Machine with { Processor = Facts.Known("b", new Processor("GenuineIntel", model, 2445)) },
            },
        };

        Assert.Equal(status, Result("XM-CPU-02", pair).Status);
    }

    [Fact]
    public void The_features_of_another_makers_cpu_are_not_compared() => Assert.Equal(
        CheckStatus.Skipped,
        Result("XM-CPU-02", Facts.Machines(here => here, there => there with { Processor = Facts.Known("b", new Processor("AuthenticAMD", "x", 2445)) })).Status);

    [Theory]
    [InlineData(GuestType.PV, "default", 2445.5, CheckStatus.Passed)]
    [InlineData(GuestType.PV, "default", 2000, CheckStatus.Warning)]
    [InlineData(GuestType.PV, "native", 2000, CheckStatus.Warning)]
    [InlineData(GuestType.HVM, "default", 2000, CheckStatus.Warning)]
    [InlineData(GuestType.HVM, "native", 2000, CheckStatus.Failed)]
    [InlineData(GuestType.PVH, "native", 2000, CheckStatus.Failed)]
    [InlineData(GuestType.HVM, "native", 2445.5, CheckStatus.Passed)]
    [InlineData(GuestType.HVM, "always_emulate", 2000, CheckStatus.Passed)]
    public void A_time_stamp_counter_matters_by_how_the_guest_has_it(GuestType type, string mode, double mhz, CheckStatus status) => Assert.Equal(
        status,
        Result(
            "XM-CPU-03",
            Facts.Machines(here => here, there => there with { Processor = Facts.Known("b", new Processor("GenuineIntel", "x", mhz)) }),
            Facts.Guest with { Type = type, Traits = new GuestTraits { TscMode = mode } }).Status);

    [Fact]
    public void A_rate_that_nobody_tells_leaves_it_open() => Assert.Equal(
        CheckStatus.Unknown,
        Result("XM-CPU-03", Facts.Machines(here => here, there => there with { Processor = Facts.Known("b", new Processor("GenuineIntel", "x", null)) })).Status);

    [Theory]
    [InlineData(GuestType.PV, true, true, true, CheckStatus.Passed)]
    [InlineData(GuestType.PV, false, false, true, CheckStatus.Skipped)]
    [InlineData(GuestType.PV, false, true, true, CheckStatus.Failed)]
    [InlineData(GuestType.HVM, false, false, false, CheckStatus.Passed)]
    [InlineData(GuestType.HVM, false, false, true, CheckStatus.Skipped)]
    [InlineData(GuestType.PVH, false, false, false, CheckStatus.Skipped)]
    public void Silence_is_no_refusal(GuestType type, bool offers, bool others, bool drivers, CheckStatus status) => Assert.Equal(
        status,
        Result(
            "XM-DEV-04",
            Facts.Domain(domain => domain with { Suspend = Facts.Known("a", new SuspendOffer(offers, others, drivers)) }),
            Facts.Guest with { Type = type }).Status);

    [Theory]
    [InlineData("/isos/a.iso", CheckStatus.Warning)]
    [InlineData(null, CheckStatus.Passed)]
    public void A_medium_in_a_drive_is_a_warning(string? path, CheckStatus status) => Assert.Equal(
        status,
        Result("XM-DEV-05", Facts.Good, Facts.Guest with { Disk = [new GuestDisk("hdc", path, "raw", null, ReadOnly: true, Removable: true)] }).Status);

    [Theory]
    [InlineData(3, 0, CheckStatus.Passed)]
    [InlineData(2, 0, CheckStatus.Failed)]
    [InlineData(0, 3, CheckStatus.Passed)]
    public void Shadow_page_tables_need_what_the_guest_has_not_got(long freeMB, long shadowMB, CheckStatus status)
    {
        PairFacts pair = Facts.Xend();
        pair = pair with { Source = pair.Source with { Xen = Facts.Known("a", Facts.Xen("3.1", freeMB)) } };

        // One for each of two CPUs, and one for 256 MiB of memory.
        Assert.Equal(status, Result("XM-MEM-02", pair, Facts.Guest with
        {
            Toolstack = ToolstackKind.Xend,
            MaximumVCpu = 2,
            MaximumMemoryMB = 256,
            Traits = new GuestTraits { ShadowMemoryMB = shadowMB },
        }).Status);
    }

    [Theory]
    [InlineData("Connection to b 49152 port [tcp/*] succeeded!", 0, CheckStatus.Passed)]
    [InlineData("nc: connect to b port 49152 (tcp) failed: Connection refused", 1, CheckStatus.Passed)]
    [InlineData("nc: connect to b port 49152 (tcp) timed out: Operation now in progress", 1, CheckStatus.Failed)]
    [InlineData("nc: connect to b port 49152 (tcp) failed: No route to host", 1, CheckStatus.Failed)]
    [InlineData("sh: nc: not found", 127, CheckStatus.Warning)]
    [InlineData("", 1, CheckStatus.Skipped)]
    public void A_port_that_refuses_is_open_and_one_that_is_silent_is_not(string said, int exitCode, CheckStatus status)
    {
        PairFacts pair = Facts.Good with
        {
            Source = Facts.Good.Source with { Toolstack = ToolstackKind.Libvirt },
            Destination = Facts.Good.Destination with { Toolstack = ToolstackKind.Libvirt },
            Libvirt = Facts.Known("a", new LibvirtProbe(new RelocationProbe(49152, exitCode, said), null)),
        };

        Assert.Equal(status, Result("XM-FW-01", pair).Status);
    }

    [Theory]
    [InlineData("ssh: connect to host b port 22: Connection timed out", CheckStatus.Failed, CheckStatus.Skipped)]
    [InlineData("ssh: connect to host b port 22: No route to host", CheckStatus.Failed, CheckStatus.Skipped)]
    [InlineData("ssh: connect to host b port 22: Connection refused", CheckStatus.Passed, CheckStatus.Failed)]
    [InlineData("root@b: Permission denied (publickey).", CheckStatus.Skipped, CheckStatus.Failed)]
    public void What_keeps_ssh_from_its_port_is_said_once(string said, CheckStatus filter, CheckStatus ssh)
    {
        PairFacts pair = Facts.Ssh(new(255, "", null, null, said));

        Assert.Equal((filter, ssh), (Result("XM-FW-01", pair).Status, Result("XM-CON-02", pair).Status));
    }

    [Fact]
    public void What_the_source_takes_the_destinations_name_for_is_read_with_the_port()
    {
        Question<LibvirtProbe> question = LibvirtProbe.Question("a", "root@b");

        Assert.Equal("getent ahosts b", question.Commands[1].ToString());
        Assert.Equal("127.0.1.1", question.Read([new(1, "", "refused"), new(0, "127.0.1.1       STREAM b\n127.0.1.1       DGRAM\n", "")]).Address!.ToString());
        Assert.Null(question.Read([new(1, "", "refused"), new(2, "", "")]).Address);
        _ = Assert.Throws<OutputNotUnderstoodException>(() => question.Read([new(1, "", "refused"), new(0, "what?\n", "")]));
        _ = Assert.Throws<RemoteCommandFailedException>(() => question.Read([new(1, "", "refused"), new(127, "", "getent: not found")]));
    }

    [Theory]
    [InlineData("10.77.0.8", CheckStatus.Passed)]
    [InlineData("127.0.1.1", CheckStatus.Failed)]
    [InlineData("::1", CheckStatus.Failed)]
    [InlineData(null, CheckStatus.Warning)]
    public void A_source_that_takes_the_destination_for_itself_would_send_the_guest_nowhere(string? address, CheckStatus status) =>
        Assert.Equal(status, Result("XM-CON-04", Facts.Libvirt(address)).Status);

    private static PairFacts Hardware(string? here, string? there) => Facts.Good with
    {
        Source = Facts.Good.Source with
        {
            Xen = Facts.Known("a", Facts.Xen("3.1") with { HardwareCapabilities = here }),
            Domains = new Dictionary<int, DomainFacts> { [5] = Facts.Good.Source.Domains[5] with { Policy = null } },
        },
        Destination = Facts.Good.Destination with
        {
            Xen = Facts.Known("b", Facts.Xen("3.1") with { HardwareCapabilities = there }),
            Policies = null,
        },
    };

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) =>
        CheckRunner.Examine(pair, new Moving(Live: true), CheckSelection.Everything)
            .Concat(CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything))
            .Single(result => result.Id == id);
}
