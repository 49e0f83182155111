namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Storage, bridges and relocation settings that are broken on purpose, and the checks that find it.</summary>
public class StorageCheckTests
{
    private static readonly CheckSettings s_consent = new() { IncludeWriteTest = true };

    [Fact]
    public async Task Both_hosts_read_what_the_other_wrote_and_nothing_is_left()
    {
        using TestPair pair = new("guest");

        CheckResult result = await ResultAsync(pair, "XM-STO-03", settings: s_consent);

        Assert.True(result.Status == CheckStatus.Passed, result.ToString());
        Assert.DoesNotContain(".xenmigrate", (await pair.On07("ls -a /var/lib/libvirt/images")).Output);
    }

    [Theory]
    [InlineData("et-virt07")]
    [InlineData("et-virt08")]
    public async Task A_share_that_is_not_mounted_shows_by_a_token(string host)
    {
        using TestPair pair = new("guest");
        pair.Pair.Host(host).Faults.UnmountStorage();

        CheckResult result = await ResultAsync(pair, "XM-STO-03", settings: s_consent);

        Assert.True((result.Status, result.ErrorId) == (CheckStatus.Failed, "DiskNotShared"), result.ToString());
        Assert.DoesNotContain(".xenmigrate", (await pair.On07("ls -a /var/lib/libvirt/images")).Output);
        Assert.DoesNotContain(".xenmigrate", (await pair.On08("ls -a /var/lib/libvirt/images")).Output);
    }

    [Fact]
    public async Task A_share_that_is_mounted_read_only_fails_with_and_without_a_token()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.MountStorageReadOnly();

        CheckResult writable = await ResultAsync(pair, "XM-STO-04");
        CheckResult token = await ResultAsync(pair, "XM-STO-03", settings: s_consent);

        Assert.True((writable.Status, writable.ErrorId) == (CheckStatus.Failed, "DiskNotWritable"), writable.ToString());
        Assert.Contains("mount -o remount,rw /var/lib/libvirt/images", writable.Remediation);
        Assert.Equal("DiskNotWritable", token.ErrorId);

        pair.Pair.Reset();
        Assert.Equal(CheckStatus.Passed, (await ResultAsync(pair, "XM-STO-04")).Status);
    }

    [Fact]
    public async Task An_export_that_squashes_root_fails_for_its_client()
    {
        using TestPair pair = new("guest");
        Assert.Equal(0, (await pair.On08("xm migrate --live guest et-virt07")).ExitCode);
        pair.Virt07.Faults.ExportStorage("rw,sync,root_squash");

        CheckResult export = await ResultAsync(pair, "XM-STO-06", from: "et-virt07", to: "et-virt08");
        CheckResult writable = await ResultAsync(pair, "XM-STO-04", from: "et-virt07", to: "et-virt08");

        Assert.True((export.Status, writable.Status) == (CheckStatus.Failed, CheckStatus.Failed), $"{export} {writable}");
        Assert.Contains("no_root_squash", export.Remediation);
        Assert.Contains("/etc/exports", export.Remediation);
    }

    [Theory]
    [InlineData("rw,sync,no_root_squash", "/var/lib/libvirt/images", CheckStatus.Passed)]
    [InlineData("rw,async,no_root_squash", "/var/lib/libvirt/images", CheckStatus.Warning)]
    [InlineData("rw,sync,no_root_squash", "/var/lib", CheckStatus.Failed)]
    public async Task What_the_server_exports_is_judged_by_its_own_word(string options, string folder, CheckStatus status)
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.ExportStorage(options, folder);

        CheckResult result = await ResultAsync(pair, "XM-STO-06");

        Assert.True(result.Status == status, result.ToString());
        Assert.Equal("et-virt07", result.Evidence!.ComputerName);
    }

    [Fact]
    public async Task A_disk_that_another_guest_writes_is_found()
    {
        using TestPair pair = new("guest", "other");

        CheckResult result = await ResultAsync(pair, "XM-STO-07");

        Assert.Equal((CheckStatus.Failed, "DiskInUse"), (result.Status, result.ErrorId));
        Assert.Contains("other", result.Message);
    }

    [Fact]
    public async Task An_image_with_tables_of_its_own_is_a_warning()
    {
        using TestPair pair = new();
        _ = pair.Virt08.Files.Write(
            "/etc/xen/guest", "name = 'guest'\nmemory = 8\ndisk = [ 'tap:qcow:/var/lib/libvirt/images/testvm2.dsk,xvda,w' ]\n");
        _ = pair.Virt08.Domains.Create("guest", paused: false);

        CheckResult result = await ResultAsync(pair, "XM-STO-05");

        Assert.True(result.Status == CheckStatus.Warning, result.ToString());
        Assert.Contains("qcow", result.Message);
    }

    [Fact]
    public async Task A_bridge_with_another_mtu_is_a_warning()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SetBridgeMtu(9000);

        CheckResult result = await ResultAsync(pair, "XM-NET-02");

        Assert.Equal((CheckStatus.Warning, "MTU 1500", "MTU 9000"), (result.Status, result.Expected, result.Actual));
        pair.Pair.Reset();
        Assert.Equal(CheckStatus.Passed, (await ResultAsync(pair, "XM-NET-02")).Status);
    }

    [Fact]
    public async Task A_bridge_in_a_spanning_tree_is_a_warning()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SetSpanningTree(TimeSpan.FromSeconds(15));

        CheckResult result = await ResultAsync(pair, "XM-NET-03");

        Assert.Equal((CheckStatus.Warning, "forward delay 15 s, spanning tree on"), (result.Status, result.Actual));
        Assert.Contains("yes", (await pair.On07("brctl show")).Output);
    }

    [Theory]
    [InlineData("", CheckStatus.Warning, CheckStatus.Skipped)]
    [InlineData(@"^10.0.0.8", CheckStatus.Passed, CheckStatus.Warning)]
    [InlineData(@"^10\.0\.0\.8$", CheckStatus.Passed, CheckStatus.Passed)]
    public async Task Who_is_let_in_is_judged_by_the_destinations_configuration(string allow, CheckStatus closed, CheckStatus patterns)
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SetHostsAllow(allow);

        Assert.Equal(closed, (await ResultAsync(pair, "XM-REL-05")).Status);
        Assert.Equal(patterns, (await ResultAsync(pair, "XM-REL-06")).Status);
    }

    [Fact]
    public async Task A_source_that_overlooks_tls_needs_none()
    {
        using TestPair pair = new("guest");
        pair.Virt08.Files.Append("/etc/xen/xend-config.sxp", "(xend-relocation-ssl yes)\n");

        CheckResult result = await ResultAsync(pair, "XM-REL-07");

        // Xen 3.1, which both have, knows no TLS.
        Assert.Equal(CheckStatus.Passed, result.Status);
        Assert.Contains("knows no TLS", result.Message);
    }

    private static async Task<CheckResult> ResultAsync(
        TestPair pair, string id, string from = "et-virt08", string to = "et-virt07", CheckSettings? settings = null)
    {
        HostSession source = await ConnectAsync(pair, from);
        Guest guest = Assert.Single(await source.Toolstack.ListAsync(default), guest => guest.Name == "guest");
        return Assert.Single(
            await EnvironmentTester.TestAsync(source, await ConnectAsync(pair, to), [guest], settings ?? new CheckSettings(), default),
            result => result.Id == id);
    }

    private static Task<HostSession> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);
}
