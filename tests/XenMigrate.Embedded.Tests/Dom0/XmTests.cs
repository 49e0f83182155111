namespace XenMigrate.Embedded.Tests.Dom0;

public class XmTests
{
    [Fact]
    public async Task Guests_are_listed_in_xms_columns()
    {
        using TestPair pair = new("idle");
        _ = pair.Add("busy", extra: "dirty=1 working-set=1");

        string[] lines = (await ChapterTests.Output(pair.On08("xm list"))).Split('\n');

        Assert.Equal("Name                                        ID   Mem VCPUs      State   Time(s)", lines[0]);
        Assert.Matches(@"^Domain-0                                     0   512     2     r----- +\d+\.\d$", lines[1]);
        Assert.Matches(@"^idle                                         1     8     1     -b---- +\d+\.\d$", lines[2]);
        Assert.Matches(@"^busy                                         2     8     1     r----- +\d+\.\d$", lines[3]);
    }

    [Fact]
    public void A_guest_that_was_found_and_then_destroyed_takes_no_more_work()
    {
        using TestPair pair = new("idle");
        Domain domain = pair.Virt08.Domains.Get("idle");
        pair.Virt08.Domains.Destroy("idle");

        Assert.Equal("Domain '1' does not exist.", Assert.Throws<XendException>(() => domain.Begin("it is being moved")).Message);
        Assert.Null(domain.BusyWith);
    }

    [Fact]
    public async Task A_guest_is_described_in_full()
    {
        using TestPair pair = new("idle");

        SxpList[] domains = [.. SxpReader.ReadLists(await ChapterTests.Output(pair.On08("xm list --long")))];

        Assert.Equal(["Domain-0", "idle"], domains.Select(domain => domain.Text("name")));
        Assert.Equal("1", domains[1].Text("domid"));
        Assert.Equal("-b----", domains[1].Text("state"));
        Assert.Equal("8", domains[1].Text("memory"));
        SxpList[] devices = [.. domains[1].Lists("device").Select(device => (SxpList)device.Children.First())];
        Assert.Equal(["vif", "tap"], devices.Select(device => device.Name));
        Assert.Equal("xenbr1", devices[0].Text("bridge"));
        Assert.Equal("tap:aio:/var/lib/libvirt/images/testvm1.dsk", devices[1].Text("uname"));
    }

    [Fact]
    public async Task One_guest_can_be_asked_for()
    {
        using TestPair pair = new("idle", "other");

        Assert.Equal("2\n", await ChapterTests.Output(pair.On08("xm domid other")));
        Assert.Equal("idle\n", await ChapterTests.Output(pair.On08("xm domname 1")));
        Assert.Single(SxpReader.ReadLists(await ChapterTests.Output(pair.On08("xm list --long other"))));
        Assert.Equal("Error: Domain 'none' does not exist.\n", (await pair.On08("xm list none")).Error);
    }

    [Fact]
    public async Task A_guest_is_paused_and_goes_on()
    {
        using TestPair pair = new("idle");

        _ = await ChapterTests.Output(pair.On08("xm pause 1"));
        Assert.Contains(" --p--- ", await ChapterTests.Output(pair.On08("xm list")));
        Assert.Equal("idle paused", Assert.Single(await ChapterTests.Guests(pair.On08("virsh list"))));
        _ = await ChapterTests.Output(pair.On08("xm unpause idle"));
        Assert.Contains(" -b---- ", await ChapterTests.Output(pair.On08("xm list")));
    }

    [Fact]
    public async Task Names_are_not_given_twice()
    {
        using TestPair pair = new("idle", "other");

        Assert.Equal("Error: VM name 'other' already exists as domain 2\n", (await pair.On08("xm rename idle other")).Error);
        Assert.Equal("Error: VM name 'idle' already exists as domain 1\n", (await pair.On08("xm create idle")).Error);
        _ = await ChapterTests.Output(pair.On08("xm rename idle third"));
        Assert.Equal("third\n", await ChapterTests.Output(pair.On08("xm domname 1")));
    }

    [Theory]
    [InlineData("xm rename idle 'two words'")]
    [InlineData("xm create blank")]
    public async Task A_name_with_a_blank_is_refused(string line)
    {
        using TestPair pair = new("idle");
        _ = pair.Virt08.Files.Write("/etc/xen/blank", pair.Virt08.Files.ReadText("/etc/xen/idle").Replace("'idle'", "'two words'", StringComparison.Ordinal));

        CommandResult result = await pair.On08(line);

        Assert.Equal((1, "Error: Invalid VM Name\n"), (result.ExitCode, result.Error));
        Assert.Equal("idle", Assert.Single(pair.Virt08.Hypervisor.Domains).Guest.Name);
    }

    [Fact]
    public async Task A_save_overwrites_a_file_and_knows_no_option_that_would_be_needed_for_it()
    {
        using TestPair pair = new("idle");
        const string image = "/var/lib/libvirt/images/idle.save";
        _ = pair.Virt08.Files.Write(image, "old");

        Assert.Contains("Usage: xm save [-c]", (await pair.On08($"xm save -c -f idle {image}")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await pair.On08($"xm save -c idle {image}")).ExitCode);
        Assert.True(pair.Virt08.Files.Content(image).Length > 1000);
    }

    [Fact]
    public async Task Guests_shut_down_and_are_destroyed()
    {
        using TestPair pair = new("idle", "other");

        _ = await ChapterTests.Output(pair.On08("xm shutdown idle"));
        _ = await ChapterTests.Output(pair.On08("xm destroy 2"));

        Assert.Empty(await ChapterTests.Guests(pair.On08("virsh list")));
    }

    [Fact]
    public async Task A_guest_without_its_bridge_or_disk_does_not_start()
    {
        using TestPair pair = new();
        _ = Assert.Throws<XendException>(() => pair.Add("lost", bridge: "xenbr9"));
        pair.Virt08.Faults.UnmountStorage();

        CommandResult result = await pair.On08("xm create testvm1");

        Assert.Equal(
            "Error: Device 51712 (tap) could not be connected. /var/lib/libvirt/images/testvm1.dsk does not exist.\n", result.Error);
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
    }

    [Theory]
    [InlineData("xm")]
    [InlineData("xm nonsense")]
    [InlineData("xm save idle")]
    [InlineData("xm pause")]
    [InlineData("xm migrate idle")]
    [InlineData("xm migrate --slowly idle et-virt07")]
    [InlineData("xm list --nonsense")]
    public async Task Wrong_words_get_the_usage(string line)
    {
        using TestPair pair = new("idle");

        CommandResult result = await pair.On08(line);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Usage: xm ", result.Error + result.Output);
    }

    [Theory]
    [InlineData("xm migrate --live 0 et-virt07", "Error: Cannot migrate privileged domain 0\n")]
    [InlineData("xm migrate --live none et-virt07", "Error: Domain 'none' does not exist.\n")]
    [InlineData("xm migrate --live idle et-virt09", "Error: can't connect: Name or service not known\n")]
    [InlineData("env XENMIGRATE_PRECOPY=nonsense xm migrate --live idle et-virt07", "Error: XENMIGRATE_PRECOPY does not know 'nonsense'.\n")]
    public async Task A_move_that_cant_begin_says_why(string line, string error)
    {
        using TestPair pair = new("idle");

        CommandResult result = await pair.On08(line);

        Assert.Equal((1, error), (result.ExitCode, result.Error));
        Assert.Equal("idle blocked", Assert.Single(await ChapterTests.Guests(pair.On08("virsh list"))));
    }

    [Fact]
    public async Task The_console_shows_what_the_guest_writes_and_stays_when_it_leaves()
    {
        using TestPair pair = new("idle");
        const string Log = "tail -c 65536 -- /var/log/xen/console/guest-idle.log";

        TestPair.Until(() => pair.On08(Log).GetAwaiter().GetResult().Output.Contains("idle ", StringComparison.Ordinal));
        _ = await ChapterTests.Output(pair.On08("xm destroy idle"));

        Assert.Matches(@"(?m)^idle \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} up \d+\.\d\d beat \d+$", await ChapterTests.Output(pair.On08(Log)));
    }
}
