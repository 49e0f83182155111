namespace XenMigrate.Tests;

public class XmInfoTests
{
    private static readonly string s_output = Fixture.Text("xm-info.3.1.txt");

    [Fact]
    public void A_host_tells_version_and_memory()
    {
        XenInformation xen = XmInfo.Parse(s_output);

        Assert.Equal((new Version(3, 1), "3.1.2-92.el5", 4096L, 3311L), (xen.Version, xen.VersionText, xen.TotalMemoryMB, xen.FreeMemoryMB));
        Assert.Equal(["xen-3.0-x86_64", "xen-3.0-x86_32p"], xen.Capabilities);
    }

    [Fact]
    public void A_host_whose_transfer_is_ours_says_so() => Assert.Contains(
        PreCopyOptions.Capability, XmInfo.Parse(s_output + "xenmigrate             : precopy\n").Capabilities);

    [Theory]
    [InlineData("total_memory")]
    [InlineData("xen_major")]
    public void A_field_that_is_missing_is_named(string field) => Assert.Contains(
        field, Assert.Throws<OutputNotUnderstoodException>(() => XmInfo.Parse(s_output.Replace(field, "x"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(127, "sh: xm: command not found", typeof(ToolstackNotFoundException))]
    [InlineData(1, "Error: Unable to connect to xend: No such file or directory. Is xend running?", typeof(ToolstackNotFoundException))]
    [InlineData(1, "Error: Most commands need root access. Please try again as root.", typeof(PrivilegeRequiredException))]
    [InlineData(1, "Error: something else", typeof(RemoteCommandFailedException))]
    public void A_failure_says_what_to_do(int exitCode, string error, Type exception) => Assert.IsType(
        exception, Record.Exception(() => XmInfo.Question("a").Read([new CommandResult(exitCode, "", error)])));
}
