using XenMigrate.Guests;

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

        await Lifecycle.DestroyAsync(A.Guest(name, 5, GuestState.Paused), CancellationToken.None);
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

    private static string Row(string name, int id, string state = "-b----") =>
        FormattableString.Invariant($"{name,-40} {id,5} {128,5} {1,5}     {state}  {53.1,8:0.0}\n");
}
