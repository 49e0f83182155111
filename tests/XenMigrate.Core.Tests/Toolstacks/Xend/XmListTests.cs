namespace XenMigrate.Tests;

public class XmListTests
{
    private const string Header = "Name                                      ID Mem(MiB) VCPUs State   Time(s)\n";

    [Fact]
    public void A_name_may_grow_out_of_its_column()
    {
        XmListRow row = XmList.Parse(Fixture.Text("xm-list.3.1.txt"))[3];

        Assert.Equal(("a name that is far too long for its own col", 4, 1024L, 2), (row.Name, row.Id, row.MemoryMB, row.VCpu));
        Assert.Equal(GuestState.Running, row.State);
    }

    [Theory]
    [InlineData("r-----", GuestState.Running)]
    [InlineData("------", GuestState.Running)]
    [InlineData("-b----", GuestState.Blocked)]
    [InlineData("--p---", GuestState.Paused)]
    [InlineData("---s--", GuestState.ShutDown)]
    [InlineData("----c-", GuestState.Crashed)]
    [InlineData("-----d", GuestState.Dying)]
    [InlineData("---s-d", GuestState.Dying)]
    public void Letters_tell_the_state(string letters, GuestState expected) => Assert.Equal(
        expected, Assert.Single(XmList.Parse($"{Header}web                                        5      256     1 {letters}   12.3\n")).State);

    [Theory]
    [InlineData("")]
    [InlineData("Error: Unable to connect to xend")]
    [InlineData("Name                                      ID Mem(MiB) VCPUs State   Time(s)\nnonsense\n")]
    public void What_is_no_table_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => XmList.Parse(output));
}
