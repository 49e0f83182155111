namespace XenMigrate.Tests;

/// <summary>What single checks know beyond yes and no.</summary>
public class CheckDetailTests
{
    [Fact]
    public void A_session_that_is_missing_is_a_failure_and_not_an_open_question()
    {
        CheckResult result = Examine("XM-CON-01", Facts.Good with { Destination = HostFacts.Unreachable("b", "no route") });

        Assert.Equal((CheckStatus.Failed, "HostUnreachable"), (result.Status, result.ErrorId));
        Assert.Equal("Connect-MigrationHost b", result.Remediation);
    }

    [Fact]
    public void A_host_key_problem_is_told_once()
    {
        PairFacts facts = Facts.Ssh(new(255, "", null, null, "Host key verification failed."));

        Assert.Equal(CheckStatus.Failed, Examine("XM-CON-03", facts).Status);
        Assert.Equal(CheckStatus.Skipped, Examine("XM-CON-02", facts).Status);
    }

    [Fact]
    public void A_host_key_remedy_names_both_hosts_and_the_command()
    {
        CheckResult result = Examine("XM-CON-03", Facts.Ssh(new(255, "", null, null, "Host key verification failed.")));

        Assert.Contains("On a: ssh-keyscan b >> ~/.ssh/known_hosts", result.Remediation, StringComparison.Ordinal);
        Assert.Contains("on b", result.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ssh_that_fails_otherwise_leaves_the_host_key_open() => Assert.Equal(
        CheckStatus.Unknown, Examine("XM-CON-03", Facts.Ssh(new(255, "", null, null, "No route to host"))).Status);

    [Theory]
    [InlineData("4.17", CheckStatus.Passed)]
    [InlineData("4.19", CheckStatus.Passed)]
    [InlineData("4.9", CheckStatus.Failed)]
    [InlineData("5.0", CheckStatus.Passed)]
    public void A_newer_xen_reads_what_an_older_one_wrote(string version, CheckStatus status) => Assert.Equal(
        status, Examine("XM-VER-02", Facts.AtDestination(host => host with { Xen = Facts.Known("b", Facts.Xen(version)) })).Status);

    [Theory]
    [InlineData(GuestType.PV, "shadow", CheckStatus.Passed)]
    [InlineData(GuestType.PV, "hap", CheckStatus.Failed)]
    [InlineData(GuestType.HVM, "hap", CheckStatus.Passed)]
    [InlineData(GuestType.PVH, "hap", CheckStatus.Passed)]
    [InlineData(GuestType.HVM, "shadow", CheckStatus.Passed)]
    [InlineData(GuestType.Unknown, "hap", CheckStatus.Failed)]
    public void Dirty_pages_are_logged_by_shadow_or_for_hvm_by_hap(GuestType type, string capability, CheckStatus status) => Assert.Equal(
        status,
        Examine(
            "XM-GST-02",
            Facts.AtSource(host => host with { Xen = Facts.Known("a", Facts.Xen("4.17", 735, capability)) }),
            Facts.Guest with { Type = type }).Status);

    [Fact]
    public void A_xen_that_does_not_tell_of_its_capabilities_is_a_warning() => Assert.Equal(
        CheckStatus.Warning,
        Examine("XM-GST-02", Facts.AtSource(host => host with { Xen = Facts.Known("a", Facts.Xen("4.11", 735, "hvm")) })).Status);

    [Fact]
    public void A_move_that_is_not_live_needs_no_dirty_log() => Assert.Equal(
        CheckStatus.Skipped,
        CheckRunner.Examine(Facts.Good, Facts.Guest, new Moving(Live: false), CheckSelection.Everything)
            .Single(result => result.Id == "XM-GST-02").Status);

    [Theory]
    [InlineData(GuestType.PV, 128, CheckStatus.Failed)]
    [InlineData(GuestType.PV, 129, CheckStatus.Passed)]
    [InlineData(GuestType.HVM, 130, CheckStatus.Failed)]
    [InlineData(GuestType.HVM, 131, CheckStatus.Passed)]
    public void Memory_is_needed_for_the_guest_and_its_shadow(GuestType type, long freeMB, CheckStatus status) => Assert.Equal(
        status,
        Examine(
            "XM-MEM-01",
            Facts.AtDestination(host => host with { Xen = Facts.Known("b", Facts.Xen(freeMB: freeMB)) }),
            Facts.Guest with { Type = type }).Status);

    [Theory]
    [InlineData("xenbr0", "eth0", null, CheckStatus.Passed)]
    [InlineData("xenbr0", "eth1", null, CheckStatus.Failed)]
    [InlineData("ovs0.42", "ovs0", "vif-openvswitch", CheckStatus.Passed)]
    [InlineData("ovs0:1:2", "ovs0", "/etc/xen/scripts/vif-openvswitch", CheckStatus.Passed)]
    [InlineData("br0.42", "br0", "vif-bridge", CheckStatus.Failed)]
    [InlineData("br0.42", "br0", null, CheckStatus.Failed)]
    public void A_bridge_is_found_as_the_hotplug_script_would(string wanted, string present, string? script, CheckStatus status) => Assert.Equal(
        status,
        Examine(
            "XM-NET-01",
            Facts.AtDestination(host => host with { Bridges = Facts.Known<IReadOnlyList<string>>("b", [present]) }),
            Facts.Guest.WithBridge(wanted, script)).Status);

    [Fact]
    public void A_guest_without_disks_and_interfaces_needs_none()
    {
        Guest bare = Facts.Guest with { Disk = [], NetworkInterface = [] };

        Assert.Equal(
            (CheckStatus.Passed, CheckStatus.Passed, CheckStatus.Passed),
            (Examine("XM-STO-01", Facts.Good, bare).Status,
                Examine("XM-STO-02", Facts.Good, bare).Status,
                Examine("XM-NET-01", Facts.Good, bare).Status));
    }

    [Fact]
    public void A_missing_disk_comes_with_the_mount_that_would_bring_it()
    {
        PairFacts facts = Facts.Disks(
            Facts.File("0:36"), new DiskFile { Path = Facts.Path }, Facts.Nfs("nas:/vol"), Facts.Local());

        Assert.Contains("On b: mount -t nfs4 nas:/vol /images", Examine("XM-STO-01", facts).Remediation, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Skipped, Examine("XM-STO-02", facts).Status);
    }

    [Fact]
    public void Two_guests_without_uuid_are_not_the_same_guest()
    {
        Guest noUuid = Facts.Guest with { Uuid = null };
        PairFacts facts = Facts.AtDestination(host => host with
        {
            Guests = Facts.Known<IReadOnlyList<Guest>>("b", [noUuid with { Id = 9, ComputerName = "b" }]),
        });

        Assert.Contains("xl rename 9", Examine("XM-NAM-01", facts, noUuid).Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_guest_on_both_hosts_is_said_to_be_just_that()
    {
        PairFacts facts = Facts.AtDestination(host => host with
        {
            Guests = Facts.Known<IReadOnlyList<Guest>>("b", [Facts.Guest with { Id = 9 }]),
        });

        Assert.Contains("The same guest is on both hosts", Examine("XM-NAM-01", facts).Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, CheckStatus.Passed)]
    [InlineData(false, CheckStatus.Unknown)]
    public void Only_a_drive_for_removable_media_may_have_no_path(bool removable, CheckStatus status)
    {
        Guest guest = Facts.Guest with { Disk = [new GuestDisk("xvdb", null, "raw", null, ReadOnly: true, removable)] };

        Assert.Equal(status, Examine("XM-STO-01", Facts.Good, guest).Status);
    }

    [Theory]
    [InlineData(true, CheckStatus.Passed)]
    [InlineData(false, CheckStatus.Failed)]
    public void A_guest_that_moved_away_and_is_still_managed_may_come_back(bool isTheSame, CheckStatus status)
    {
        Guest managed = A.Guest("web", state: GuestState.ShutDown, uuid: isTheSame ? null : Guid.NewGuid()) with { Id = null };
        PairFacts facts = Facts.AtDestination(host => host with { Guests = Facts.Known<IReadOnlyList<Guest>>("b", [managed]) });

        Assert.Equal(status, Examine("XM-NAM-01", facts).Status);
    }

    [Fact]
    public void A_move_that_is_not_live_needs_no_way_between_the_hosts() => Assert.Equal(
        ["XM-CON-03", "XM-CON-02", "XM-CON-04"],
        CheckRunner.Examine(Facts.Good, new Moving(Live: false), CheckSelection.Everything)
            .Where(result => result.Status == CheckStatus.Skipped && result.Category == CheckCategory.Connection).Select(result => result.Id));

    [Fact]
    public void A_guest_without_configuration_passes_no_check_of_its_devices() => Assert.Equal(
        [
            "XM-GST-02", "XM-DEV-04", "XM-DEV-01", "XM-DEV-02", "XM-DEV-03", "XM-DEV-05", "XM-CPU-02", "XM-CPU-03", "XM-TIM-03",
            "XM-MEM-01", "XM-MEM-02", "XM-NET-01", "XM-NET-02", "XM-NET-03",
            "XM-STO-01", "XM-STO-02", "XM-STO-03", "XM-STO-04", "XM-STO-05", "XM-STO-06", "XM-STO-07",
        ],
        CheckRunner.Examine(
            Facts.Good, Facts.Guest with { IsDescribed = false, Disk = [], NetworkInterface = [] }, new Moving(Live: true), CheckSelection.Everything)
            .Where(result => result.Status == CheckStatus.Unknown).Select(result => result.Id));

    private static CheckResult Examine(string id, PairFacts facts, Guest? guest = null) =>
        CheckRunner.Examine(facts, new Moving(Live: true), CheckSelection.Everything)
            .Concat(CheckRunner.Examine(facts, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything))
            .Single(result => result.Id == id);
}
