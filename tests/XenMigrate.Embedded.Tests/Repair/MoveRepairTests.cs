using XenMigrate.Embedded.Tests.Fakes;
using XenMigrate.Hosts;
using XenMigrate.Repair;
using XenMigrate.Repair.Moves;
using XenMigrate.Toolstacks;

namespace XenMigrate.Embedded.Tests.Repair;

/// <summary>What xend leaves of a move is settled.</summary>
public class MoveRepairTests
{
    private const string Image = "/var/lib/libvirt/images/guest.save";

    [Fact]
    public async Task A_guest_that_was_left_with_the_name_of_a_move_gets_its_own_back()
    {
        using TestPair pair = new("guest");
        Assert.Equal(0, (await pair.On08("xm rename guest migrating-guest")).ExitCode);

        MigrationRepair repair = await RepairAsync(pair, TimeSpan.Zero);

        Assert.Equal((MigrationRepairOutcome.Settled, "et-virt08"), (repair.Outcome, repair.ComputerName));
        Assert.Equal(0, (await pair.On08("xm list guest")).ExitCode);
    }

    [Fact]
    public async Task A_copy_that_never_woke_is_destroyed_as_the_guest_runs_on_at_the_source()
    {
        using TestPair pair = new("guest");
        Assert.Equal(0, (await pair.On08($"xm save -c guest {Image}")).ExitCode);
        Assert.Equal(0, (await pair.On07($"xm restore -p {Image}")).ExitCode);

        MigrationRepair repair = await RepairAsync(pair, TimeSpan.Zero);

        Assert.True(repair.Outcome == MigrationRepairOutcome.Settled, repair.Left);
        Assert.Equal("et-virt08", repair.ComputerName);
        Assert.NotEqual(0, (await pair.On07("xm list guest")).ExitCode);
        Assert.Equal(0, (await pair.On08("xm list guest")).ExitCode);
    }

    [Fact]
    public async Task A_move_that_xend_makes_still_is_left_alone_and_then_waited_for()
    {
        using TestPair pair = new("guest");
        pair.Virt08.Faults.SlowLink(4 << 20);
        Task<CommandResult> moving = pair.On08("xm migrate --live guest et-virt07");
        TestPair.Until(() => pair.Virt08.Processes.All.Any(process => process.CommandLine.Contains("xc_save", StringComparison.Ordinal)));

        MigrationRepair meanwhile = await RepairAsync(pair, TimeSpan.Zero);
        MigrationRepair after = await RepairAsync(pair, TimeSpan.FromSeconds(30));

        Assert.Equal(MigrationRepairOutcome.Left, meanwhile.Outcome);
        Assert.Contains("xc_save", meanwhile.Left, StringComparison.Ordinal);
        Assert.Equal((MigrationRepairOutcome.NothingToDo, "et-virt07"), (after.Outcome, after.ComputerName));
        Assert.Equal(0, (await moving).ExitCode);
    }

    private static async Task<MigrationRepair> RepairAsync(TestPair pair, TimeSpan patience) => (await new MoveRepairer(
        new MoveTrace("guest", null, "et-virt08", "et-virt07"),
        await ConnectAsync(pair, "et-virt08"),
        await ConnectAsync(pair, "et-virt07"),
        Timing.Real)
    {
        Patience = patience,
    }.RepairAsync(_ => Task.FromResult(RepairConsent.Given), default))!;

    private static Task<MigrationHost> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);
}
