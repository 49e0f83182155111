namespace XenMigrate.Tests;

public class FactCollectorTests
{
    private static readonly Guest s_guest = Facts.Guest;

    [Fact(Timeout = 20000)]
    public async Task The_destination_is_asked_once_and_the_source_twice()
    {
        FakeShell source = new("a");
        FakeShell destination = new("b");

        _ = await CollectAsync(source, destination);

        Assert.Equal((2, 1), (source.Executions.Count, destination.Executions.Count));
    }

    [Fact(Timeout = 20000)]
    public async Task All_are_asked_at_the_same_time()
    {
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int waiting = 0;
        FakeShell source = new FakeShell("a").Does("cat /proc/sys/kernel/random/boot_id", WaitForAllAsync).Does("ssh*", WaitForAllAsync);
        FakeShell destination = new FakeShell("b").Does("cat /proc/sys/kernel/random/boot_id", WaitForAllAsync);

        _ = await CollectAsync(source, destination);

        Assert.Equal(3, waiting);

        async Task<CommandResult> WaitForAllAsync(
            RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref waiting) == 3)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(cancellationToken);
            return new CommandResult(0, "", "");
        }
    }

    [Fact(Timeout = 20000)]
    public async Task A_pair_as_it_should_be_is_known_in_every_fact()
    {
        SimulatedPair pair = new();

        PairFacts facts = await FactCollector.CollectAsync(
            A.Host(pair.Source), A.Host(pair.Destination), "b", [s_guest], pair.Timing.Timing, CancellationToken.None);

        Assert.Equal("web", facts.Source.Guests.Value![^1].Name);
        Assert.Equal(735, facts.Destination.Xen.Value!.FreeMemoryMB);
        Assert.Equal("0:36", facts.Destination.Disks[Facts.Path].Value!.Device);
        Assert.Equal(["xenbr1"], facts.Source.Bridges.Value!);
        Assert.Equal("/usr/sbin/xl", facts.Ssh.Value!.XlPath);
        Assert.All(
            CheckRunner.Examine(facts, new Moving(Live: true), CheckSelection.Everything).Where(result => result.Category != CheckCategory.Relocation && result.Id != "XM-CON-04"),
            result => Assert.True(result.Status == CheckStatus.Passed, result.ToString()));
    }

    [Theory(Timeout = 20000)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Where_the_disks_of_other_guests_lead_is_asked_in_one_execution_more(bool hasOthers, int executions)
    {
        SimulatedPair pair = new();
        int count = 0;
        pair.Destination.Executed = _ => count++;
        pair.Destination.Guests.AddRange(hasOthers ? [new(7, "one", Guid.NewGuid()), new(8, "two", Guid.NewGuid())] : []);

        PairFacts facts = await FactCollector.CollectAsync(
            A.Host(pair.Source), A.Host(pair.Destination), "b", [s_guest], pair.Timing.Timing, CancellationToken.None);

        Assert.Equal(executions, count);
        Assert.Equal(hasOthers, facts.Destination.Nodes.ContainsKey(Facts.Path));
        Assert.Empty(facts.Source.Nodes);
    }

    [Theory(Timeout = 20000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_shell_that_throws_leaves_open_what_it_was_asked_for(bool atSource)
    {
        SimulatedPair pair = new();
        FakeShell broken = new FakeShell(atSource ? "a" : "b").Throws("*", new HostDisconnectedException("x", "reset by peer"));

        IReadOnlyList<CheckResult> results = await EnvironmentTester.TestAsync(
            A.Host(atSource ? broken : pair.Source),
            A.Host(atSource ? pair.Destination : broken),
            [s_guest],
            new CheckSettings(),
            pair.Timing.Timing,
            CancellationToken.None);

        // What asks the other host only, or nobody: a raw image needs no look, and a token no host without consent.
        string[] ofTheOther = atSource
            ? ["XM-CON-04", "XM-NAM-01", "XM-MEM-01", "XM-MEM-02", "XM-NET-01", "XM-NET-03", "XM-STO-01", "XM-STO-03", "XM-STO-04", "XM-STO-05"]
            :
            [
                "XM-CON-04", "XM-CON-02", "XM-CON-03", "XM-FW-01", "XM-GST-01", "XM-GST-02", "XM-MEM-02",
                "XM-DEV-01", "XM-DEV-02", "XM-DEV-03", "XM-DEV-04", "XM-DEV-05", "XM-STO-03", "XM-STO-05",
            ];
        Assert.All(results.Where(result => !ofTheOther.Contains(result.Id) && result.Category != CheckCategory.Relocation), result =>
            Assert.True(result.Status == (result.Id == "XM-CON-01" ? CheckStatus.Failed : CheckStatus.Unknown), result.ToString()));
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_without_a_session_is_not_asked_and_says_why()
    {
        FakeShell source = new("a");

        PairFacts facts = await FactCollector.CollectAsync(
            A.Host(source), new HostEnd("b", null, "b did not let root in"), "b", [s_guest], new FakeTiming().Timing, CancellationToken.None);

        Assert.Equal("b did not let root in", facts.Destination.SessionProblem);
        Assert.Equal("b did not let root in", facts.Destination.Guests.Problem);
    }

    [Fact(Timeout = 20000)]
    public async Task An_address_that_ssh_would_misread_is_never_tried()
    {
        FakeShell source = new("a");

        PairFacts facts = await FactCollector.CollectAsync(
            A.Host(source), A.Host(new FakeShell("b")), "-oProxyCommand=reboot", [s_guest], new FakeTiming().Timing, CancellationToken.None);

        Assert.Null(facts.Ssh.Value);
        Assert.DoesNotContain(source.Commands, command => command.StartsWith("ssh", StringComparison.Ordinal));
    }

    [Theory(Timeout = 20000)]
    [InlineData("(xend-relocation-server yes)", 2, "8002")]
    [InlineData("(xend-relocation-server yes)(xend-relocation-port 9002)", 3, "9002")]
    public async Task A_pair_of_xends_is_asked_for_its_relocation_in_as_few_executions(string configuration, int atSource, string port)
    {
        FakeShell source = new FakeShell("a").Answers("nc*", "");
        FakeShell destination = new FakeShell("b").Answers("cat /etc/xen/xend-config.sxp", configuration);

        PairFacts facts = await FactCollector.CollectAsync(
            A.XendHost(source), A.XendHost(destination), "b", [s_guest], new FakeTiming().Timing, CancellationToken.None);

        Assert.Equal((atSource, 1), (source.Executions.Count, destination.Executions.Count));
        Assert.Contains($"nc -z -v -w 5 b {port}", source.Commands);
        Assert.True(facts.Destination.Relocation!.Configuration.Value!.RelocationServer);
        Assert.True(facts.Probe!.Value!.Answered);
        Assert.DoesNotContain(source.Commands, command => command.StartsWith("ssh", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task Many_destinations_cost_the_source_no_more_executions_than_one()
    {
        FakeShell source = new FakeShell("a").Does("ssh*", (command, _, _) => Task.FromResult(
            new CommandResult(0, $"xenmigrate-probe boot-of-{command.Words[^2]} /usr/sbin/xl\n", "")));
        FakeShell[] others = [.. Enumerable.Range(0, 40).Select(index => new FakeShell($"b{index}"))];

        IReadOnlyList<PairFacts> facts = await FactCollector.CollectAsync(Routes(source, others), [s_guest], Timing.Real, CancellationToken.None);

        Assert.Equal(2, source.Executions.Count);
        Assert.All(others, other => Assert.Single(other.Executions));
        Assert.Equal(others.Select(other => "boot-of-" + other.Endpoint.ComputerName), facts.Select(pair => pair.Ssh.Value!.BootId));
        Assert.Equal(others.Select(other => other.Endpoint.ComputerName), facts.Select(pair => pair.Destination.Host));
    }

    [Fact(Timeout = 20000)]
    public async Task Both_ways_of_a_pair_cost_each_host_no_more_than_being_the_source()
    {
        FakeShell[] shells = [new("a"), new("b")];
        HostEnd[] ends = [.. shells.Select(shell => (HostEnd)A.Host(shell))];

        IReadOnlyList<PairFacts> facts = await FactCollector.CollectAsync(
            [new Route(ends[0], ends[1], "b"), new Route(ends[1], ends[0], "a")], [s_guest], Timing.Real, CancellationToken.None);

        Assert.All(shells, shell => Assert.Equal(2, shell.Executions.Count));
        Assert.Equal([("a", "b"), ("b", "a")], facts.Select(pair => (pair.Source.Host, pair.Destination.Host)));
    }

    [Fact(Timeout = 20000)]
    public async Task A_way_that_hangs_hides_no_other()
    {
        FakeShell source = new FakeShell("a")
            .Answers("ssh*", "xenmigrate-probe boot /usr/sbin/xl\n")
            .Does("ssh*", (command, _, _) => command.Words.Contains("b1")
                ? Task.FromException<CommandResult>(new HostTimeoutException("a", command, TimeSpan.FromSeconds(60)))
                : Task.FromResult(new CommandResult(0, "xenmigrate-probe boot /usr/sbin/xl\n", "")));

        IReadOnlyList<PairFacts> facts = await FactCollector.CollectAsync(
            Routes(source, new("b0"), new("b1"), new("b2")), [s_guest], Timing.Real, CancellationToken.None);

        Assert.Equal(["boot", null, "boot"], facts.Select(pair => pair.Ssh.Value?.BootId));
        Assert.Contains("did not end within 60 s", facts[1].Ssh.Problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Each_xend_is_tried_at_its_own_port()
    {
        FakeShell source = new FakeShell("a").Answers("nc*", "");
        FakeShell[] others =
        [
            new FakeShell("b").Answers("cat /etc/xen/xend-config.sxp", "(xend-relocation-server yes)"),
            new FakeShell("c").Answers("cat /etc/xen/xend-config.sxp", "(xend-relocation-port 9002)"),
        ];
        HostEnd from = A.XendHost(source);

        IReadOnlyList<PairFacts> facts = await FactCollector.CollectAsync(
            [.. others.Select(other => new Route(from, A.XendHost(other), other.Endpoint.ComputerName))], [s_guest], Timing.Real, CancellationToken.None);

        Assert.Equal(3, source.Executions.Count);
        Assert.Equal([8002, 9002], facts.Select(pair => pair.Probe!.Value!.Port));
    }

    private static Route[] Routes(FakeShell source, params FakeShell[] others)
    {
        HostEnd from = A.Host(source);
        return [.. others.Select(other => new Route(from, A.Host(other), other.Endpoint.ComputerName))];
    }

    private static Task<PairFacts> CollectAsync(FakeShell source, FakeShell destination) => FactCollector.CollectAsync(
        A.Host(source), A.Host(destination), "b", [s_guest], new FakeTiming().Timing, CancellationToken.None);
}
