using static XenMigrate.Embedded.Tests.Pair.EnginePair;

namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>The engine checks the embedded pair as it checks real hosts: what is broken on purpose is found.</summary>
public class EngineCheckTests
{
    [Fact]
    public async Task A_host_is_found_to_be_one_of_xends()
    {
        using TestPair pair = new();
        pair.Virt07.Machine.ClockOffset = TimeSpan.FromSeconds(100);

        HostSession session = await ConnectAsync(pair, "et-virt07");
        MigrationHost host = new(session);

        Assert.Equal(ToolstackKind.Xend, host.Toolstack);
        Assert.Equal(("3.1.2-398.el5", 4096L, 3584L, "credit"), (host.XenVersion, host.TotalMemoryMB, host.FreeMemoryMB, host.Scheduler));
        Assert.StartsWith("Intel(R) Xeon(R)", host.CpuModel);
        Assert.InRange(host.ClockOffset!.Value.TotalSeconds, 99, 101);
        Assert.Contains(PreCopyOptions.Capability, (await session.Toolstack.Information.AskAsync(session.Shell, default)).Capabilities);
    }

    [Fact]
    public async Task Guests_are_listed_with_all_that_they_have()
    {
        using TestPair pair = new("guest");
        HostSession host = await ConnectAsync(pair, "et-virt08");

        Guest guest = await FindAsync(host);

        Assert.Equal((1, 8L, 1, GuestType.PV), (guest.Id, guest.MemoryMB, guest.VCpu, guest.Type));
        Assert.Equal("/var/lib/libvirt/images/testvm1.dsk", Assert.Single(guest.Disk).Path);
        Assert.Equal("xenbr1", Assert.Single(guest.NetworkInterface).Bridge);
        Assert.Empty(guest.NotMigratableReason);
    }

    [Theory]
    [InlineData("et-virt08", "et-virt07")]
    [InlineData("et-virt07", "et-virt08")]
    public async Task Every_check_of_the_pair_passes_both_ways(string from, string to)
    {
        using TestPair pair = new("guest");
        if (from == "et-virt07")
        {
            Assert.Equal(0, (await pair.On08("xm migrate --live guest et-virt07")).ExitCode);
        }

        HostSession source = await ConnectAsync(pair, from);
        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            source, await ConnectAsync(pair, to), [await FindAsync(source)], new CheckSettings(), Timing.Real, default);

        Assert.True(results.Count > 10);
        // et-virt08 is up for less time than et-virt07, which may matter to a PV guest.
        Assert.All(results, result => Assert.True(
            result.Status == (result.Id == "XM-TIM-03" && to == "et-virt08" ? CheckStatus.Warning : UsualStatus(result.Id)), result.ToString()));
    }

    [Theory]
    [InlineData("relocation", "XM-REL-01")]
    [InlineData("listener", "XM-REL-02")]
    [InlineData("port", "XM-FW-01")]
    [InlineData("clock", "XM-TIM-01")]
    [InlineData("maker", "XM-CPU-01")]
    [InlineData("release", "XM-VER-04")]
    [InlineData("hosts-allow", "XM-REL-04")]
    [InlineData("bridge", "XM-NET-01")]
    [InlineData("memory", "XM-MEM-01")]
    [InlineData("disk", "XM-STO-01")]
    public async Task What_is_broken_on_purpose_is_found_by_its_check_and_no_other(string broken, string id)
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        Break(pair.Virt07, broken);

        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            source, await ConnectAsync(pair, "et-virt07"), [await FindAsync(source)], new CheckSettings(), Timing.Real, default);

        CheckResult failed = Assert.Single(results, result => result.Status == CheckStatus.Failed);
        Assert.Equal(id, failed.Id);
        Assert.Contains("et-virt07", failed.Message + failed.Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspend", "XM-DEV-04", CheckStatus.Failed)]
    [InlineData("shadow", "XM-MEM-02", CheckStatus.Failed)]
    [InlineData("server", "XM-TIM-02", CheckStatus.Warning)]
    [InlineData("medium", "XM-DEV-05", CheckStatus.Warning)]
    public async Task What_is_wrong_with_the_source_or_its_guest_is_found(string broken, string id, CheckStatus status)
    {
        using TestPair pair = new("guest");
        Break(pair.Virt08, broken);
        HostSession source = await ConnectAsync(pair, "et-virt08");

        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            source, await ConnectAsync(pair, "et-virt07"), [await FindAsync(source)], new CheckSettings(), Timing.Real, default);

        CheckResult found = Assert.Single(results, result => result.Status != UsualStatus(result.Id));
        Assert.Equal((id, status), (found.Id, found.Status));
        Assert.Contains("et-virt08", found.Message + found.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clocks_of_the_chapters_sample_differ_by_4_h_28_min()
    {
        using TestPair pair = new();
        pair.Virt08.Machine.ClockOffset = new TimeSpan(4, 28, 3);

        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            await ConnectAsync(pair, "et-virt07"), await ConnectAsync(pair, "et-virt08"), [], new CheckSettings(), Timing.Real, default);

        CheckResult clock = Assert.Single(results, result => result.Id == "XM-TIM-01");
        Assert.Equal((CheckStatus.Failed, "ClockSkewExceeded"), (clock.Status, clock.ErrorId));
        Assert.StartsWith("The clock of et-virt08 is 4 h 28 min (± ", clock.Message);
        Assert.Contains("On et-virt08", clock.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clocks_that_are_told_to_differ_pass()
    {
        using TestPair pair = new();
        pair.Virt08.Machine.ClockOffset = TimeSpan.FromMinutes(4);

        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            await ConnectAsync(pair, "et-virt07"),
            await ConnectAsync(pair, "et-virt08"),
            [],
            new CheckSettings { ClockTolerance = TimeSpan.FromMinutes(5) },
            Timing.Real,
            default);

        Assert.Equal(CheckStatus.Passed, Assert.Single(results, result => result.Id == "XM-TIM-01").Status);
    }

    /// <summary>The chapter lets in everybody and exports with async; four checks are about what xend does not know, and others need what is not there.</summary>
    private static CheckStatus UsualStatus(string id) => id switch
    {
        "XM-CON-02" or "XM-CON-03" or "XM-CON-04" or "XM-DEV-02" or "XM-REL-06" or "XM-STO-03" => CheckStatus.Skipped,
        "XM-REL-05" or "XM-STO-06" => CheckStatus.Warning,
        _ => CheckStatus.Passed,
    };
}
