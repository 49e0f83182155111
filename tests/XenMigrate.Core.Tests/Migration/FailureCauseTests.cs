using XenMigrate.Migration;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.Tests;

public class FailureCauseTests
{
    [Theory]
    [InlineData("name-does-not-resolve", "PortUnreachable")]
    [InlineData("no-route", "PortUnreachable")]
    [InlineData("unknown-host-key", "HostKeyUnknown")]
    [InlineData("memory-short", "InsufficientMemory")]
    [InlineData("name-clash", "NameCollision")]
    [InlineData("incoming-left-over", "NameCollision")]
    [InlineData("disk-missing", "DiskMissing")]
    [InlineData("bridge-missing", "BridgeMissing")]
    [InlineData("transport-killed", "TransportBroken")]
    [InlineData("receiver-killed", "TransportBroken")]
    [InlineData("no-such-guest", null)]
    [InlineData("sender-killed", null)]
    public void A_real_failure_is_known_by_what_xl_wrote(string transcript, string? errorId) =>
        Assert.Equal(errorId, FailureCause.Of(Fixture.Lines($"failures/{transcript}.txt")));

    [Theory]
    [InlineData("xc: error: Failed to enable logdirty: 95,22,0: Internal error", "LogDirtyUnsupported")]
    [InlineData("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @", "HostKeyChanged")]
    [InlineData("root@et-virt08: Permission denied (publickey,password).", "AuthenticationFailed")]
    [InlineData("sh: 1: xl: not found", "ToolstackNotFound")]
    [InlineData("migration transport process [12] exited with error status 127", "ToolstackNotFound")]
    [InlineData("libxl: error: guest didn't acknowledge suspend, cancelling request", "GuestNotSuspendable")]
    [InlineData("libxl: error: guest did not suspend, timed out", "GuestNotSuspendable")]
    [InlineData("Cannot save a guest with vNUMA configured", "GuestNotSuspendable")]
    [InlineData("Timeout, server et-virt08 not responding.", "TransportBroken")]
    [InlineData("migration receiver stream contained unexpected data instead of banner", "TransportBroken")]
    [InlineData("Error: can't connect: Connection refused", "PortUnreachable")]
    [InlineData("Error: can't connect: No route to host", "PortUnreachable")]
    [InlineData("Error: Not enough memory is available, and dom0 cannot be shrunk any further", "InsufficientMemory")]
    [InlineData("Error: I need 262144 KiB, but dom0_min_mem is 256 and shrinking to it would leave only 1024 KiB free.", "InsufficientMemory")]
    [InlineData("Error: Device 0 (vif) could not be connected. Hotplug scripts not working.", "BridgeMissing")]
    [InlineData("Error: Device 51712 (vbd) could not be connected. Backend device not found.", "DiskMissing")]
    [InlineData("Error: VM name 'testvm1' already exists as domain 3", "NameCollision")]
    [InlineData("Error: Domain 'testvm1' already exists with ID '3'", "NameCollision")]
    [InlineData("Error: Timeout waiting for domain 5 to suspend", "GuestNotSuspendable")]
    [InlineData("Error: Device of type 'pci' refuses migration.", "GuestNotSuspendable")]
    [InlineData("Error: not a valid guest state file: signature read", "TransportBroken")]
    [InlineData("Error: VM UUID b164eace-15c0-4f26-8922-786e23f5bb4b already exists as domain 3", "NameCollision")]
    [InlineData("Error: /usr/lib64/xen/bin/xc_save 22 5 0 0 1 failed: the destination closed the connection (from b)", "TransportBroken")]
    [InlineData("Error: (104, 'Connection reset by peer')", "TransportBroken")]
    [InlineData("[2026-11-23 04:10:01 xend 3445] WARNING (tcp:131) Rejected connection from 10.0.0.8 (et-virt08).", "RelocationDenied")]
    public void A_single_line_tells_its_cause(string line, string errorId) =>
        Assert.Equal(errorId, FailureCause.Of([line]));

    [Fact]
    public void A_good_move_shows_no_cause() =>
        Assert.Null(FailureCause.Of([.. Fixture.TimedLines("xl-vvv-migrate.timed.4.17.txt")
            .Select(timed => timed.Line).Where(XlMigrateLine.IsWorthKeeping)]));

    [Fact]
    public void The_first_cause_wins_whatever_the_order_of_the_lines() =>
        Assert.Equal("HostKeyUnknown", FailureCause.Of([.. Fixture.Lines("failures/unknown-host-key.txt").Reverse()]));
}
