namespace XenMigrate.Tests;

public class XlInfoTests
{
    [Fact]
    public void Real_information_is_read()
    {
        XenInformation xen = XlInfo.Parse(Fixture.Text("xl-info.4.17.txt"));

        Assert.Equal((new Version(4, 17), "4.17.5", 1151L, 735L, "credit2"), (xen.Version, xen.VersionText, xen.TotalMemoryMB, xen.FreeMemoryMB, xen.Scheduler));
        Assert.Equal(["pv", "shadow", "gnttab-v1", "gnttab-v2"], xen.Capabilities);
    }

    [Fact]
    public void A_value_without_a_space_after_the_colon_is_read() => Assert.Equal(
        ["pv", "hvm"],
        XlInfo.Parse(Fixture.Text("xl-info.4.17.txt").Replace("virt_caps              : pv shadow gnttab-v1 gnttab-v2", "virt_caps              :pv hvm")).Capabilities);

    [Theory]
    [InlineData("virt_caps")]
    [InlineData("xen_scheduler")]
    public void What_an_old_xen_does_not_tell_is_left_out(string key) =>
        Assert.Equal(735, XlInfo.Parse(Without(key)).FreeMemoryMB);

    [Theory]
    [InlineData("xen_major")]
    [InlineData("xen_minor")]
    [InlineData("xen_version")]
    [InlineData("total_memory")]
    [InlineData("free_memory")]
    public void What_is_needed_and_missing_is_named(string key) =>
        Assert.Contains(key, Assert.Throws<OutputNotUnderstoodException>(() => XlInfo.Parse(Without(key))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("four")]
    [InlineData("-1")]
    [InlineData("4294967295")]
    [InlineData("99999999999999999999")]
    public void A_version_that_is_no_version_is_not_understood(string major) => Assert.Throws<OutputNotUnderstoodException>(() =>
        XlInfo.Parse(Without("xen_major") + $"xen_major : {major}\n"));

    private static string Without(string key) =>
        string.Join('\n', Fixture.Lines("xl-info.4.17.txt").Where(line => !line.StartsWith(key, StringComparison.Ordinal))) + "\n";
}
