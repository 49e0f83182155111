namespace XenMigrate.Tests;

/// <summary>What an earlier move left is destroyed by two hosts that keep guests as xl would; the pair sees that one copy stays.</summary>
public class LeftoverRepairTests
{
    private const string Quiet = "    0 /sbin/init\n    1 xl migrate-receive\n  300 ps -e -o ppid= -o args=\n";

    private readonly SimulatedPair _pair = new();

    public LeftoverRepairTests() => (_pair.Source.Processes, _pair.Destination.Processes) = (Quiet, Quiet);

    [Theory]
    [InlineData("web--incoming", 'p')]
    [InlineData("web--migratedaway", 's')]
    public async Task A_leftover_is_destroyed_and_the_check_passes(string name, char state)
    {
        _ = _pair.Destination.Add(name, state);

        RepairResult result = await RepairAsync();

        Assert.True(result.Outcome == RepairOutcome.Repaired, result.ToString());
        Assert.Equal(CheckStatus.Passed, result.Status);
        Assert.Contains("xl destroy 9", Assert.Single(result.Action), StringComparison.Ordinal);
        Assert.Equal(["b: xl destroy 9"], _pair.Changes);
    }

    [Theory]
    [InlineData("a", "  200 xl -vvv migrate -s ssh 5 b\n")]
    [InlineData("a", "    1 /usr/sbin/xl migrate 5 b\n")]
    [InlineData("b", "  200 xl migrate-receive\n")]
    [InlineData("b", "  200 /usr/lib/xen-4.17/bin/libxl-save-helper --restore-domain 0\n")]
    [InlineData("a", "    1 /usr/lib/xen-4.17/bin/libxl-save-helper --save-domain 38 35 1 1 136 0\n")]
    [InlineData("a", "    1 /var/lib/xenmigrate/helper/0.1.0-0123456789ab/xenmigrate-save-helper --save-domain 38 35 1 1 136 0\n")]
    public async Task What_xl_still_works_on_is_left(string host, string process)
    {
        _ = _pair.Destination.Add("web--incoming", 'p');
        (host == "a" ? _pair.Source : _pair.Destination).Processes = Quiet + process;

        RepairResult result = await RepairAsync();

        Assert.Equal(RepairOutcome.Left, result.Outcome);
        Assert.Contains("may be under way", result.Left, StringComparison.Ordinal);
        Assert.NotNull(result.Remediation);
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task Without_a_list_of_processes_nothing_is_destroyed()
    {
        _ = _pair.Destination.Add("web--incoming", 'p');
        _pair.Destination.Processes = "\0\0garbage";

        Assert.Equal(RepairOutcome.Left, (await RepairAsync()).Outcome);
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task Another_guests_leftover_of_that_name_stays()
    {
        _ = _pair.Destination.Add("web--incoming", 'p', Guid.NewGuid());

        RepairResult result = await RepairAsync();

        Assert.Equal(RepairOutcome.Left, result.Outcome);
        Assert.Contains("uuid", result.Left, StringComparison.Ordinal);
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task What_changed_while_somebody_thought_about_it_is_not_destroyed()
    {
        SimulatedGuest left = _pair.Destination.Add("web--incoming", 'p');

        RepairResult result = await RepairAsync(() =>
        {
            // The guest went on there after all.
            _pair.Source.Guests.Clear();
            _pair.Destination.Guests[0] = left with { Name = "web", State = 'b' };
        });

        Assert.Equal(RepairOutcome.Failed, result.Outcome);
        Assert.IsType<GuestStateUnexpectedException>(result.Error);
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task Who_says_no_keeps_it()
    {
        _ = _pair.Destination.Add("web--incoming", 'p');

        RepairResult? result = await RepairAsync(_ => RepairConsent.Declined);

        Assert.Equal((RepairOutcome.Declined, CheckStatus.Failed), (result!.Outcome, result.Status));
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task Who_only_wants_to_see_it_gets_no_result()
    {
        _ = _pair.Destination.Add("web--incoming", 'p');

        Assert.Null(await RepairAsync(_ => RepairConsent.OnlyShown));
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task What_mended_itself_meanwhile_is_repaired_without_a_question()
    {
        RepairResult? result = await RepairAsync(_ => throw new InvalidOperationException("It asked."));

        Assert.Equal((RepairOutcome.Repaired, 0), (result!.Outcome, result.Action.Count));
    }

    [Fact]
    public async Task A_guest_that_is_gone_is_nothing_to_mend()
    {
        RepairResult? result = await RepairAsync(_ => RepairConsent.Given, "db");

        Assert.Equal(RepairOutcome.Left, result!.Outcome);
        Assert.Contains("no guest db", result.Left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XM-STO-01", CheckStatus.Failed)]
    [InlineData("XM-MEM-01", CheckStatus.Failed)]
    [InlineData("XM-NAM-02", CheckStatus.Unknown)]
    [InlineData("XM-NAM-02", CheckStatus.Warning)]
    public async Task What_is_not_mended_from_here_is_left_with_its_remedy(string id, CheckStatus status)
    {
        RepairResult? result = await Repairer().RepairAsync(
            Found("web") with { Id = id, Status = status, Remediation = "Do this." }, _ => throw new InvalidOperationException("It asked."), default);

        Assert.Equal((RepairOutcome.Left, "Do this."), (result!.Outcome, result.Remediation));
    }

    [Fact]
    public async Task A_host_without_a_session_is_left()
    {
        EnvironmentRepairer repairer = new(A.Host(_pair.Source), new HostEnd("b", null, "no route"), _pair.Timing.Timing);

        RepairResult? result = await repairer.RepairAsync(Found("web"), _ => Task.FromResult(RepairConsent.Given), default);

        Assert.Equal(RepairOutcome.Left, result!.Outcome);
        Assert.Contains("no route", result.Left, StringComparison.Ordinal);
    }

    private async Task<RepairResult> RepairAsync(Action? meanwhile = null) => (await RepairAsync(_ =>
    {
        meanwhile?.Invoke();
        return RepairConsent.Given;
    }))!;

    private Task<RepairResult?> RepairAsync(Func<RepairStep, RepairConsent> ask, string guest = "web") =>
        Repairer().RepairAsync(Found(guest), step => Task.FromResult(ask(step)), default);

    private EnvironmentRepairer Repairer() => new(A.Host(_pair.Source), A.Host(_pair.Destination), _pair.Timing.Timing);

    private static CheckResult Found(string guest) => new()
    {
        Id = "XM-NAM-02",
        Name = "No earlier move of the guest left anything behind",
        Status = CheckStatus.Failed,
        ErrorId = "GuestBusy",
        Guest = guest,
        Source = "a",
        Destination = "b",
        Message = "It was so once.",
    };
}
