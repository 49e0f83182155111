namespace XenMigrate.Tests;

public class GuestLifecycleTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
        + "Domain-0                                     0   400     1     r-----      74.8\n";

    private readonly FakeTiming _timing = new();

    private readonly FakeShell _shell = new FakeShell("a").Answers("xl list -l", "[]").Answers("xl list", Header)
        .Answers("xl create*", "").Answers("xl pause*", "").Answers("xl unpause*", "").Answers("xl shutdown*", "").Answers("xl destroy*", "");

    private GuestLifecycle Lifecycle => new(A.Host(_shell), _timing.Timing);

    [Fact]
    public async Task The_guest_that_was_not_there_before_is_the_one_that_was_started()
    {
        _shell.AnswersInTurn("xl list", Header + Row("old", 3), Header + Row("old", 3) + Row("new", 5) + Row("mine", 6));

        Assert.Equal("mine", (await Lifecycle.StartAsync("/x.cfg", paused: false, CancellationToken.None)).Name);
    }

    [Fact]
    public async Task A_start_that_brought_no_guest_is_a_failure() => await Assert.ThrowsAsync<GuestStateUnexpectedException>(
        () => Lifecycle.StartAsync("/x.cfg", paused: false, CancellationToken.None));

    [Fact]
    public async Task A_configuration_by_a_relative_path_is_refused() => await Assert.ThrowsAsync<RemotePathInvalidException>(
        () => Lifecycle.StartAsync("x.cfg", paused: false, CancellationToken.None));

    [Fact]
    public async Task A_shutdown_is_waited_for()
    {
        _shell.AnswersInTurn("xl list", Header + Row("web", 5), Header + Row("web", 5), Header);

        await Lifecycle.ShutDownAsync(A.Guest(), TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(2), _timing.Elapsed);
    }

    [Fact]
    public async Task A_guest_that_is_kept_after_its_shutdown_has_shut_down()
    {
        _shell.Answers("xl list", Header + Row("web", 5, "---s--"));

        await Lifecycle.ShutDownAsync(A.Guest(), TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, _timing.Elapsed);
    }

    [Fact]
    public async Task A_guest_that_does_not_listen_is_left_running()
    {
        _shell.Answers("xl list", Header + Row("web", 5));

        _ = await Assert.ThrowsAsync<ShutdownTimeoutException>(
            () => Lifecycle.ShutDownAsync(A.Guest(), TimeSpan.FromMinutes(1), CancellationToken.None));

        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("xl destroy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_that_does_not_run_can_not_be_asked_to_shut_down() => await Assert.ThrowsAsync<GuestNotRunningException>(
        () => Lifecycle.ShutDownAsync(A.Guest(state: GuestState.Paused), TimeSpan.FromMinutes(1), CancellationToken.None));

    [Theory]
    [InlineData("web", "-----d")]
    [InlineData("web--incoming", "-----d")]
    public async Task A_guest_that_is_dying_counts_as_destroyed(string name, string state)
    {
        _shell.Answers("xl list", Header + Row(name, 5, state));

        await new GuestLifecycle(A.Host(_shell), _timing.Timing) { SettlesMoves = true }
            .DestroyStillAsync(A.Guest(name, 5, GuestState.Paused), CancellationToken.None);
    }

    [Fact]
    public async Task A_guest_that_survives_its_destruction_is_told_of()
    {
        _shell.Answers("xl list", Header + Row("web", 5));

        _ = await Assert.ThrowsAsync<GuestStateUnexpectedException>(() => Lifecycle.DestroyAsync(A.Guest(), CancellationToken.None));
    }

    [Fact]
    public async Task A_pause_that_xl_only_claims_is_found_out()
    {
        _shell.Answers("xl list", Header + Row("web", 5));

        GuestStateUnexpectedException e = await Assert.ThrowsAsync<GuestStateUnexpectedException>(
            () => Lifecycle.PauseAsync(A.Guest(), CancellationToken.None));

        Assert.Equal("web on a should be Paused now, and is Blocked.", e.Message);
    }

    [Fact]
    public async Task A_paused_guest_goes_on()
    {
        _shell.Answers("xl list", Header + Row("web", 5));

        Assert.Equal(
            GuestState.Blocked,
            (await Lifecycle.UnpauseAsync(A.Guest(state: GuestState.Paused), CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_suspended_guest_is_not_woken_by_a_command_that_can_not_do_it()
    {
        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(
            () => Lifecycle.UnpauseAsync(A.Guest(state: GuestState.Suspended), CancellationToken.None));

        Assert.Contains("on a: xl resume 5", e.Advice, StringComparison.Ordinal);
        Assert.Empty(_shell.Commands);
    }

    [Theory]
    [InlineData("web--incoming")]
    [InlineData("web--migratedaway")]
    public async Task A_copy_that_a_move_left_is_its_repairs_alone(string name)
    {
        Guest copy = A.Guest(name, 5, GuestState.Paused);

        GuestIsLeftoverException e = await Assert.ThrowsAsync<GuestIsLeftoverException>(() => Lifecycle.UnpauseAsync(copy, CancellationToken.None));
        _ = await Assert.ThrowsAsync<GuestIsLeftoverException>(() => Lifecycle.PauseAsync(copy, CancellationToken.None));
        _ = await Assert.ThrowsAsync<GuestIsLeftoverException>(() => Lifecycle.DestroyAsync(copy, CancellationToken.None));
        _ = await Assert.ThrowsAsync<GuestIsLeftoverException>(() => Lifecycle.ShutDownAsync(copy, TimeSpan.Zero, CancellationToken.None));

        Assert.Contains("Repair-GuestMigration", e.Advice, StringComparison.Ordinal);
        Assert.Empty(_shell.Commands);
    }

    [Theory]
    [InlineData("name = \"web\"\nuuid = \"b164eace-15c0-4f26-8922-786e23f5bb4b\"\n", "db--incoming", true)]
    [InlineData("name = 'web'\nmemory = 128\n", "web", true)]
    [InlineData("name = 'web'\nmemory = 128\n", "web--migratedaway", true)]
    [InlineData("name = 'web'\nuuid = 'c164eace-15c0-4f26-8922-786e23f5bb4b'\n", "web", false)]
    [InlineData("<domain type='xen'>\n <name>web</name>\n <uuid>b164eace-15c0-4f26-8922-786e23f5bb4b</uuid>\n</domain>", "db", true)]
    [InlineData("(domain (name web) (uuid b164eace-15c0-4f26-8922-786e23f5bb4b))", "db", true)]
    public async Task A_guest_that_another_host_has_is_not_started(string configuration, string there, bool isSame)
    {
        using FakeShell other = new FakeShell("b").Answers("xl list -v", Header + Row(there, 9).TrimEnd() + $" {A.Uuid}        -                -\n");
        _shell.Answers("cat -- /x.cfg", configuration).AnswersInTurn("xl list", Header, Header + Row("web", 6));
        GuestLifecycle lifecycle = new(A.Host(_shell), _timing.Timing) { OtherHosts = [A.Host(other)] };

        Exception? e = await Record.ExceptionAsync(() => lifecycle.StartAsync("/x.cfg", paused: true, CancellationToken.None));

        Assert.Equal(isSame, e is GuestCopyElsewhereException { OtherHost: "b" });
        Assert.Equal(!isSame, _shell.Commands.Contains("xl create -q -p /x.cfg"));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_may_have_the_guest_that_is_to_be_started()
    {
        using FakeShell other = new FakeShell("b").Throws("xl list -v", new HostUnreachableException("b", "no route"));
        _shell.Answers("cat -- /x.cfg", "name = 'web'\n");
        GuestLifecycle lifecycle = new(A.Host(_shell), _timing.Timing) { OtherHosts = [A.Host(other)] };

        GuestCopyNotExcludedException e = await Assert.ThrowsAsync<GuestCopyNotExcludedException>(
            () => lifecycle.StartAsync("/x.cfg", paused: false, CancellationToken.None));

        Assert.Contains("Disconnect-MigrationHost 'b'", e.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("xl create -q /x.cfg", _shell.Commands);
    }

    [Fact]
    public async Task A_paused_guest_does_not_go_on_beside_a_copy_on_another_host()
    {
        using FakeShell other = new FakeShell("b").Answers("xl list -v", Header + Row("renamed", 9).TrimEnd() + $" {A.Uuid}        -                -\n");
        GuestLifecycle lifecycle = new(A.Host(_shell), _timing.Timing) { OtherHosts = [A.Host(other)] };

        _ = await Assert.ThrowsAsync<GuestCopyElsewhereException>(
            () => lifecycle.UnpauseAsync(A.Guest(state: GuestState.Paused), CancellationToken.None));

        Assert.Empty(_shell.Commands);
    }

    private static string Row(string name, int id, string state = "-b----") =>
        FormattableString.Invariant($"{name,-40} {id,5} {128,5} {1,5}     {state}  {53.1,8:0.0}\n");
}
