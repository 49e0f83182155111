namespace XenMigrate.Tests;

/// <summary>Leases by real shells; and a host that keeps them in memory says the same.</summary>
public sealed class LeaseTests : IDisposable
{
    private static readonly LeaseHolder s_one = new(Guid.Parse("11111111-0000-0000-0000-000000000000"), "one@client, process 1, moves web");
    private static readonly LeaseHolder s_other = new(Guid.Parse("22222222-0000-0000-0000-000000000000"), "other@client, process 2");

    private readonly TemporaryFolder _folder = new();
    private readonly LeaseBook _book = new(() => TimeSpan.FromHours(1), () => "boot");

    private string LeasePath => Path.Combine(_folder.Path, $"guest-{A.Uuid}.lease");

    [PosixFact]
    public async Task Who_holds_a_guest_keeps_others_away_and_is_named()
    {
        Assert.True((await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"))).Succeeded);
        Assert.True((await RunAsync(LeaseCommands.Renew(A.Uuid, s_one))).Succeeded);

        CommandResult refused = await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"));

        Assert.Equal(
            s_one.Text, Assert.Throws<GuestLeasedException>(() => LeaseRefusal.Require(refused, "web", "a")).Holder);
        Assert.True((await RunAsync(LeaseCommands.Take(Guid.NewGuid(), s_other, "web"))).Succeeded);
    }

    [PosixFact]
    public async Task What_was_given_back_is_free_and_no_longer_ours()
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));
        Assert.True((await RunAsync(LeaseCommands.Release(A.Uuid, s_other))).Succeeded);
        Assert.Equal(LeaseScript.Refused, (await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).ExitCode);

        _ = await RunAsync(LeaseCommands.Release(A.Uuid, s_one));

        CommandResult lost = await RunAsync(LeaseCommands.Renew(A.Uuid, s_one));
        Assert.Equal("nobody any more", Assert.Throws<LeaseLostException>(() => LeaseRefusal.Require(lost, "web", "a")).Holder);
        Assert.True((await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).Succeeded);
        lost = await RunAsync(LeaseCommands.Renew(A.Uuid, s_one));
        Assert.Equal(s_other.Text, Assert.Throws<LeaseLostException>(() => LeaseRefusal.Require(lost, "web", "a")).Holder);
    }

    [PosixTheory]
    [InlineData(1, false)]
    [InlineData(-1, true)]
    public async Task A_lease_ends_by_the_time_since_the_host_was_booted(int seconds, bool isFree)
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));
        await ChangeAsync(until: await UptimeAsync() + (seconds * 30));

        Assert.Equal(isFree, (await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).Succeeded);
    }

    [PosixFact]
    public async Task A_lease_that_ended_and_that_nobody_took_is_still_ours()
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));
        await ChangeAsync(until: 1);

        Assert.True((await RunAsync(LeaseCommands.Renew(A.Uuid, s_one))).Succeeded);
        Assert.Equal(LeaseScript.Refused, (await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).ExitCode);
    }

    [PosixFact]
    public async Task No_lease_outlives_a_boot()
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));
        await ChangeAsync(boot: "33333333-3333-3333-3333-333333333333");

        Assert.Empty(await ListAsync());
        Assert.True((await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).Succeeded);
    }

    [PosixFact]
    public async Task A_tool_that_runs_keeps_the_guest_after_its_client_is_gone()
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));
        await ChangeAsync(until: 1);
        await WorkAsync(Environment.ProcessId);

        CommandResult refused = await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"));

        Assert.Contains(
            "whose 'xl save 5 /x' (process", Assert.Throws<GuestLeasedException>(() => LeaseRefusal.Require(refused, "web", "a")).Holder, StringComparison.Ordinal);
        HeldLease tool = Assert.Single(await ListAsync());
        Assert.Equal((A.Uuid, s_one.Token), (tool.Uuid, tool.Token));
        Assert.Equal($"runs {Environment.ProcessId}\n", (await RunAsync(LeaseCommands.Work(A.Uuid, s_one))).Output);
    }

    // The number of a process is somebody else's one day.
    [PosixFact]
    public async Task Another_process_of_that_number_is_not_the_tool()
    {
        await WorkAsync(Environment.ProcessId, begun: "1");

        Assert.Equal("ended -1\n", (await RunAsync(LeaseCommands.Work(A.Uuid, s_one))).Output);
        Assert.Equal("none\n", (await RunAsync(LeaseCommands.Work(A.Uuid, s_other))).Output);
        Assert.True((await RunAsync(LeaseCommands.Take(A.Uuid, s_other, "web"))).Succeeded);
    }

    [PosixFact]
    public async Task Nobody_but_root_reads_what_is_kept()
    {
        _ = await RunAsync(LeaseCommands.Take(A.Uuid, s_one, "web"));

        Assert.Equal("600\n", (await LocalShell.RunAsync($"stat -c %a {LeasePath}")).Output);
    }

    [Fact]
    public void A_host_without_a_shell_keeps_them_alike()
    {
        Assert.True(_book.Run(LeaseCommands.Take(A.Uuid, s_one, "web").Words)!.Succeeded);
        Assert.Contains(s_one.Text, _book.Run(LeaseCommands.Take(A.Uuid, s_other, "web").Words)!.Error, StringComparison.Ordinal);
        Assert.StartsWith(s_one.Text, Assert.Single(LeaseCommands.List.Read([_book.Run(LeaseCommands.List.Commands[0].Words)!]).Leases).Text, StringComparison.Ordinal);
        _ = _book.Run(LeaseCommands.Release(A.Uuid, s_one).Words);
        Assert.Contains("nobody any more", _book.Run(LeaseCommands.Renew(A.Uuid, s_one).Words)!.Error, StringComparison.Ordinal);
        Assert.Null(_book.Run(["xl", "list"]));
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandResult> RunAsync(RemoteCommand command) =>
        LocalShell.RunAsync($"XENMIGRATE_RUN={_folder.Path} {command}");

    private async Task<IReadOnlyList<HeldLease>> ListAsync() =>
        (await NotesAsync()).Leases;

    private async Task<HostNotes> NotesAsync() => LeaseCommands.List.Read([await RunAsync(LeaseCommands.List.Commands[0])]);

    private static async Task<long> UptimeAsync() =>
        long.Parse((await File.ReadAllTextAsync("/proc/uptime")).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    private async Task ChangeAsync(long? until = null, string? boot = null)
    {
        string[] words = (await File.ReadAllTextAsync(LeasePath)).Split(' ', 4);
        await File.WriteAllTextAsync(LeasePath, string.Join(' ', words[0], until?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? words[1], boot ?? words[2], words[3]));
    }

    private async Task WorkAsync(int process, string? begun = null)
    {
        string start = (await File.ReadAllTextAsync($"/proc/{process}/stat")).Split(") ")[^1].Split(' ')[19];
        string boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id")).Trim();
        _ = _folder.Write($"guest-{A.Uuid}.work", $"{process} {begun ?? start} {boot} {s_one.Token:N} xl save 5 /x\n");
    }
}
