namespace XenMigrate.Tests.Save;

[Collection(MockXenTests.Name)]
public class HandingOverTests(MockXen xen)
{
    private const int StocksExit = 42;

    [HelperTheory]
    [InlineData("--save-domain 9 8 7 0 136 0", "")]
    [InlineData("--save-domain 9 8 7 1 136 2", "a stream that is not known")]
    [InlineData("--save-domain 9 8 seven 1 136 0", "a stream that is not known")]
    [InlineData("--save-domain 9", "a stream that is not known")]
    [InlineData("--dance 9 8", "arguments that are not known")]
    public async Task What_is_not_ours_is_the_stock_helpers(string arguments, string why)
    {
        using MockFolder folder = new(xen);
        using MockLibxl libxl = new MockLibxl(folder, arguments).Read();

        Assert.Equal(StocksExit, await libxl.EndAsync());

        Assert.Equal("stock " + arguments, folder.Notes[0]);
        Assert.Contains(why, string.Join('\n', libxl.Errors), StringComparison.Ordinal);
    }

    [HelperTheory]
    [InlineData("4.13", "Xen 4.13 is not known")]
    [InlineData("4.23", "Xen 4.23 is not known")]
    [InlineData("4.18", "libxenctrl.so.4.18 can't be loaded")]
    [InlineData("none", "no Xen runs here")]
    public async Task So_is_a_save_on_a_xen_that_is_not_known(string version, string why)
    {
        using MockFolder folder = new(xen, version);
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(StocksExit, await libxl.EndAsync());

        Assert.StartsWith("stock --save-domain", folder.Notes[0], StringComparison.Ordinal);
        Assert.Contains(why, libxl.Errors[0], StringComparison.Ordinal);
    }

    [HelperFact]
    public async Task The_stock_helper_finds_signals_as_libxl_left_them()
    {
        using MockFolder folder = new(xen);
        using MockLibxl libxl = new MockLibxl(folder, "--save-domain 9 8 7 0 136 0").Read();

        _ = await libxl.EndAsync();

        Assert.Equal(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"], folder.Notes[1..3]);
    }

    [HelperFact]
    public async Task But_not_where_the_other_end_waits_for_frames()
    {
        using MockFolder folder = new MockFolder(xen, "4.13").With("XENMIGRATE_STREAM", "framed");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal((-1, 22), libxl.Completed);
        Assert.Empty(folder.Notes);
    }

    [HelperFact]
    public async Task A_save_that_is_not_live_is_framed_too_where_that_is_waited_for()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_STREAM", "framed");
        using MockLibxl libxl = new MockLibxl(folder, "--save-domain 9 8 7 0 136 0").Read();

        _ = await libxl.EndAsync();

        Assert.Equal((0, 0), libxl.Completed);
        Assert.Equal([MessageKind.SwitchQemuLogDirty, MessageKind.Suspend, MessageKind.Complete], libxl.Calls);
        Assert.Equal(folder.Written, Streams.Unframe(libxl.Received));
    }

    [HelperFact]
    public void The_probe_tells_what_it_found()
    {
        using MockFolder folder = new(xen);

        (int status, string output) = folder.Ask("--probe");

        Assert.Equal(0, status);
        using System.Text.Json.JsonDocument probe = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal("4.17", probe.RootElement.GetProperty("xen").GetString());
        Assert.True(probe.RootElement.GetProperty("usable").GetBoolean());
        Assert.Equal(folder.Path + "/stock", probe.RootElement.GetProperty("stock").GetString());
        Assert.Equal(File.Exists("/usr/lib/x86_64-linux-gnu/libzstd.so.1"), probe.RootElement.GetProperty("zstd").GetBoolean());
    }

    [HelperFact]
    public void And_why_it_can_not_be_used()
    {
        using MockFolder folder = new(xen, "4.11");

        (int status, string output) = folder.Ask("--probe");

        Assert.Equal(0, status);
        Assert.Contains("\"usable\":false,\"why\":\"Xen 4.11 is not known to it\"", output, StringComparison.Ordinal);
    }

    [HelperFact]
    public void It_tells_its_version()
    {
        using MockFolder folder = new(xen);

        Assert.Matches(@"^xenmigrate-save-helper \d+\.\d+\.\d+\n$", folder.Ask("--version").Output);
    }
}
