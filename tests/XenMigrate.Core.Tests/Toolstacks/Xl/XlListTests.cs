namespace XenMigrate.Tests;

public class XlListTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";

    [Fact]
    public void A_real_table_is_read_row_by_row() => Assert.Equal(
        [
            new XlListRow("Domain-0", 0, 400, 1, GuestState.Running, TimeSpan.FromSeconds(142.2)),
            new XlListRow("testvm2", 1, 128, 1, GuestState.Blocked, TimeSpan.FromSeconds(53.1)),
            new XlListRow("testvm1", 2, 96, 1, GuestState.Blocked, TimeSpan.FromSeconds(53.0)),
        ],
        XlList.Parse(Fixture.Text("xl-list.4.17.txt")));

    [Theory]
    [InlineData("web")]
    [InlineData("my web server")]
    [InlineData("a name that is a good deal longer than the forty columns it was given")]
    [InlineData("12345")]
    [InlineData("12 34 5 6     -b----       1.0")]
    [InlineData("(null)")]
    [InlineData("web--incoming")]
    [InlineData("wéb – Zürich")]
    public void Any_name_is_read_from_the_right(string name)
    {
        XlListRow row = Assert.Single(XlList.Parse(Header + Row(name, 7, "-b----")));

        Assert.Equal((name, 7, 128L, 2), (row.Name, row.Id, row.MemoryMB, row.VCpu));
    }

    [Fact]
    public void Any_name_without_a_line_end_is_read_from_the_right() =>
        Gen.String[Gen.Char[" 0123456789abz-(.)rbps"], 1, 60].Where(name => name.Trim().Length > 0).Sample(name =>
            Assert.Single(XlList.Parse(Header + Row(name, 7, "r-----"))).Name == name.TrimEnd());

    [Theory]
    [InlineData("r-----", GuestState.Running)]
    [InlineData("------", GuestState.Running)]
    [InlineData("-b----", GuestState.Blocked)]
    [InlineData("--p---", GuestState.Paused)]
    [InlineData("r-p---", GuestState.Paused)]
    [InlineData("-bp---", GuestState.Paused)]
    [InlineData("---s--", GuestState.ShutDown)]
    [InlineData("---sr-", GuestState.ShutDown)]
    [InlineData("---ss-", GuestState.Suspended)]
    [InlineData("--pss-", GuestState.Suspended)]
    [InlineData("---sc-", GuestState.Crashed)]
    [InlineData("---sw-", GuestState.Crashed)]
    [InlineData("---sS-", GuestState.ShutDown)]
    [InlineData("---s?-", GuestState.ShutDown)]
    [InlineData("-----d", GuestState.Dying)]
    [InlineData("--psrd", GuestState.Dying)]
    public void The_six_letters_tell_the_state(string letters, GuestState state) =>
        Assert.Equal(state, Assert.Single(XlList.Parse(Header + Row("web", 7, letters))).State);

    [Fact]
    public void A_table_without_guests_is_empty() => Assert.Empty(XlList.Parse(Header));

    [Fact]
    public void Noise_before_the_header_does_not_hurt() =>
        Assert.Single(XlList.Parse("Failed to read config file: /etc/xen/xl.conf\n" + Header + Row("web", 7, "-b----")));

    [Theory]
    [InlineData("")]
    [InlineData("command not found")]
    [InlineData(Header + "web\n")]
    [InlineData(Header + "web  7  128  2  zzzzzz  1.0\n")]
    [InlineData(Header + "web  99999999999  128  2  -b----  1.0\n")]
    public void What_is_no_table_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => XlList.Parse(output));

    [Fact(Timeout = 20000)]
    public async Task A_very_long_line_is_judged_at_once()
    {
        string line = new(' ', 400_000);

        await Task.Run(() => Assert.Throws<OutputNotUnderstoodException>(() => XlList.Parse(Header + "x" + line + "x\n")));
    }

    private static string Row(string name, int id, string state) =>
        FormattableString.Invariant($"{name,-40} {id,5} {128,5} {2,5}     {state}  {53.1,8:0.0}\n");
}
