namespace XenMigrate.Tests;

public class EnvironmentTesterTests
{
    private readonly SimulatedPair _pair = new();

    [Fact(Timeout = 20000)]
    public async Task Each_way_has_its_report()
    {
        EnvironmentFindings found = await TestAsync(request => request with { Bidirectional = true });

        Assert.Equal([("a", "b"), ("a", "c"), ("b", "a"), ("c", "a")], found.Reports.Select(report => (report.Source, report.Destination)));
        Assert.Equal([["web"], ["web"], [], []], found.Reports.Select(report => report.Guest));
        Assert.All(found.Reports, report => Assert.Equal(FakeTiming.Start, report.GeneratedAt));
        Assert.All(found.Reports, report => Assert.All(
            report.CheckResult, result => Assert.Equal((report.Source, report.Destination), (result.Source, result.Destination))));
        // On the way back no guest is there that could be judged.
        Assert.DoesNotContain(found.Reports[2].CheckResult, result => result.Guest is not null);
    }

    [Fact(Timeout = 20000)]
    public async Task A_destination_that_is_silent_hides_no_other()
    {
        EnvironmentFindings found = await TestAsync();

        Assert.Equal([true, false], found.Reports.Select(report => report.IsReady));
        Assert.Equal("XM-CON-01", found.Reports[1].Problem!.Id);
    }

    [Fact(Timeout = 20000)]
    public async Task What_memory_is_left_is_what_is_free_without_the_guests_share()
    {
        EnvironmentFindings found = await TestAsync();

        // 128 MiB, and 1 of slack.
        Assert.Equal(735 - 129, found.Reports[0].FreeMemoryMB);
        Assert.Null(found.Reports[1].FreeMemoryMB);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_gone_is_named_and_the_others_are_judged()
    {
        Guest gone = A.Guest("gone", 77, uuid: Guid.NewGuid());

        EnvironmentFindings found = await TestAsync(request => request with { Guests = [gone, Facts.Guest] });

        Assert.Equal([gone], found.Missing);
        Assert.All(found.Reports, report => Assert.Equal(["web"], report.Guest));
    }

    [Fact(Timeout = 20000)]
    public async Task Only_what_is_selected_is_in_the_report()
    {
        EnvironmentFindings found = await TestAsync(request => request with { Selection = CheckSelection.Of(["XM-NET-01"], null, []) });

        Assert.All(found.Reports, report => Assert.Equal("XM-NET-01", Assert.Single(report.CheckResult).Id));
    }

    private Task<EnvironmentFindings> TestAsync(Func<EnvironmentRequest, EnvironmentRequest>? change = null)
    {
        EnvironmentRequest request = new(A.Host(_pair.Source), [A.Host(_pair.Destination), new HostEnd("c", null, "no route")])
        {
            Guests = [Facts.Guest],
        };
        return EnvironmentTester.TestAsync(change is null ? request : change(request), _pair.Timing.Timing, CancellationToken.None);
    }
}
