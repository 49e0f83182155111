namespace XenMigrate.Embedded.Tests.Repair;

/// <summary>What xend leaves of a move is settled.</summary>
public sealed class MoveRepairTests : IDisposable
{
    private const string Image = "/var/lib/libvirt/images/guest.save";

    // A real xc_restore waits for ever.
    private static readonly TransferTimes s_patient = new() { Silence = TimeSpan.FromHours(1) };

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
        TestPair.Until(() => pair.Virt08.Dom0.Processes.All.Any(process => process.CommandLine.Contains("xc_save", StringComparison.Ordinal)));

        MigrationRepair meanwhile = await RepairAsync(pair, TimeSpan.Zero);
        MigrationRepair after = await RepairAsync(pair, TimeSpan.FromSeconds(30));

        Assert.Equal(MigrationRepairOutcome.Left, meanwhile.Outcome);
        Assert.Contains("xc_save", meanwhile.Left, StringComparison.Ordinal);
        Assert.Equal((MigrationRepairOutcome.NothingToDo, "et-virt07"), (after.Outcome, after.ComputerName));
        Assert.Equal(0, (await moving).ExitCode);
    }

    [Fact]
    public async Task Half_a_guest_whose_source_was_booted_in_mid_move_is_taken_away()
    {
        using TestPair pair = new(s_patient, "guest");
        MoveTrace trace = Journaled(pair);
        await BreakOffAsync(pair);
        Assert.Matches(@"(?m)^guest +1 +8 +0 +--p---", (await pair.On07("xm list")).Output);

        MigrationRepair repair = await RepairAsync(pair, TimeSpan.FromSeconds(5), trace);

        Assert.True(repair.Outcome == MigrationRepairOutcome.Cleared, $"{repair}: {repair.Left}; {string.Join("; ", repair.Action)}; {string.Join("; ", repair.Now)}");
        Assert.Contains("et-virt07: pkill -TERM -f 'xc_restore [0-9]+ 1 '", Assert.Single(repair.Action), StringComparison.Ordinal);
        Assert.Contains("afresh", repair.Left, StringComparison.Ordinal);
        Assert.Contains("Start-Guest", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.Equal(0, (await pair.On08("xm create guest")).ExitCode);
    }

    [Fact]
    public async Task Half_a_guest_goes_although_somebody_started_the_guest_afresh_before()
    {
        using TestPair pair = new(s_patient, "guest");
        MoveTrace trace = Journaled(pair);
        string uuid = pair.Virt08.Hypervisor.Domains.Single().Guest.Uuid.ToString();
        await BreakOffAsync(pair);
        _ = pair.Virt08.Files.Write("/etc/xen/guest", pair.Virt08.Files.ReadText("/etc/xen/guest") + $"uuid = '{uuid}'\n");
        Assert.Equal(0, (await pair.On08("xm create guest")).ExitCode);

        MigrationRepair repair = await RepairAsync(pair, TimeSpan.FromSeconds(5), trace);

        Assert.True(repair.Outcome == MigrationRepairOutcome.Settled, repair.Left);
        Assert.Equal("et-virt08", repair.ComputerName);
        Assert.Contains("xc_restore", Assert.Single(repair.Action), StringComparison.Ordinal);
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
    }

    [Fact]
    public async Task Half_a_guest_of_which_nobody_knows_whether_its_source_was_booted_is_left()
    {
        using TestPair pair = new(s_patient, "guest");
        await BreakOffAsync(pair);

        MigrationRepair repair = await RepairAsync(pair, TimeSpan.Zero);

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair.Outcome, repair.ComputerName));
        Assert.Contains("xc_restore", repair.Left, StringComparison.Ordinal);
        Assert.Empty(repair.Action);
        _ = Assert.Single(pair.Virt07.Hypervisor.Domains);
    }

    /// <summary>A move from et-virt08 that its journal tells of, as it is now.</summary>
    private MoveTrace Journaled(TestPair pair)
    {
        Domain domain = pair.Virt08.Hypervisor.Domains.Single();
        using MoveJournal journal = new(Timing.Real);
        Guest guest = new() { Name = "guest", Uuid = domain.Guest.Uuid, ComputerName = "et-virt08" };
        journal.Begin(Guid.NewGuid(), guest, "et-virt08", "et-virt07", MigrationMode.Live, batch: null);
        journal.InBoots(pair.Virt08.Machine.BootId.ToString(), pair.Virt07.Machine.BootId.ToString(), StreamCompression.None);
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), DateTimeOffset.UtcNow);
        journal.Open(path);
        return new MoveTrace("guest", domain.Guest.Uuid, "et-virt08", "et-virt07") { LogPath = path };
    }

    /// <summary>The source loses power in mid-move, and comes back.</summary>
    private static async Task BreakOffAsync(TestPair pair)
    {
        pair.Virt08.Faults.SlowLink(1 << 20);
        Task<CommandResult> moving = pair.On08("xm migrate --live guest et-virt07");
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);
        pair.Virt08.PowerOff(LinkCut.Silent);
        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        TestPair.Until(() => pair.Virt08.Hypervisor.Domains.Count == 0);
        pair.Virt08.PowerOn();
    }

    private static async Task<MigrationRepair> RepairAsync(TestPair pair, TimeSpan patience, MoveTrace? trace = null) => (await new MoveRepairer(
        trace ?? new MoveTrace("guest", null, "et-virt08", "et-virt07"),
        await ConnectAsync(pair, "et-virt08"),
        await ConnectAsync(pair, "et-virt07"),
        Timing.Real)
    {
        Patience = patience,
    }.RepairAsync(_ => Task.FromResult(RepairConsent.Given), default))!;

    private static Task<HostSession> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);
}
