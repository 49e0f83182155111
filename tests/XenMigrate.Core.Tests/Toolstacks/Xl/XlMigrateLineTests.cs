namespace XenMigrate.Tests;

public class XlMigrateLineTests
{
    [Fact]
    public void A_whole_real_move_passes_the_marks_in_order()
    {
        XlMark[] marks =
        [
            .. Fixture.TimedLines("xl-vvv-migrate.timed.4.17.txt")
                .Select(timed => XlMigrateLine.Mark(timed.Line)).Where(mark => mark != XlMark.None),
        ];

        Assert.Equal(
            [
                XlMark.ReceiverReady, XlMark.CopyingMemory, XlMark.SuspendRequested, XlMark.SuspendAcknowledged, XlMark.Suspended,
                XlMark.TransferComplete, XlMark.PermissionGiven, XlMark.TargetStarted, XlMark.Successful,
            ],
            marks);
    }

    [Theory]
    [InlineData("libxl: error: xc: info: Saving domain 4, type x86 PV", XlMark.CopyingMemory)]
    [InlineData("Domain 2:issuing PVHVM suspend request via XenBus control node", XlMark.SuspendRequested)]
    [InlineData("Domain 2:Calling xc_domain_shutdown on HVM domain", XlMark.SuspendRequested)]
    [InlineData("migration target: Domain started successfully.", XlMark.TargetStarted)]
    [InlineData("migration sender: Target reports successful startup.", XlMark.None)]
    [InlineData("", XlMark.None)]
    public void A_line_that_marks_a_step_does_so_wherever_it_begins(string line, object mark) =>
        Assert.Equal((XlMark)mark, XlMigrateLine.Mark(line));

    [Theory]
    [InlineData("xenmigrate-process 4711", 4711)]
    [InlineData("xenmigrate-process ", null)]
    [InlineData("xenmigrate-process 47 11", null)]
    [InlineData("xenmigrate-process 99999999999", null)]
    [InlineData("xenmigrate-transport 4711", null)]
    public void A_process_id_is_read_from_our_own_line_only(string line, int? id) =>
        Assert.Equal(id, RemoteProcess.Id(line, RemoteProcess.Mark));

    [Theory]
    [InlineData("libxl: debug: libxl_event.c:2036:libxl__ao__destroy: ao 0x55: destroy", false)]
    [InlineData("xc: detail: 64 bits, 4 levels", false)]
    [InlineData("xencall:buffer: debug: cache current size:0", false)]
    [InlineData("xenmigrate-transport 12", false)]
    [InlineData("  ", false)]
    [InlineData("libxl: error: libxl_utils.c:505: file/stream truncated", true)]
    [InlineData("ssh: connect to host b port 22: No route to host", true)]
    public void Chatter_is_not_kept_and_complaints_are(string line, bool kept) =>
        Assert.Equal(kept, XlMigrateLine.IsWorthKeeping(line));
}
