namespace XenMigrate.Tests;

public class GuestRestorerTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
        + "Domain-0                                     0   400     1     r-----      74.8\n";
    private const string There = Header + "testvm1                                      7   128     1     {0}       4.4\n";

    private static readonly string s_running = There.Replace("{0}", "-b----");
    private static readonly string s_uuid = XlImage.ParseHead(Fixture.Bytes("xl-image-head.4.17.save")).Uuid!.Value.ToString();
    private static readonly string s_paused = There.Replace("{0}", "--p---");

    private readonly FakeShell _other = new FakeShell("b").Answers("xl list -v", Header);

    private readonly FakeShell _shell = new FakeShell("a")
        .Answers("stat -L*", "134492495 1763851234\n")
        .Answers("stat -L -c '%d %i %s %Y %F'*", "36 12909 16777216 1763851234 regular file\n")
        .Answers("sh -c 'head*", Convert.ToBase64String(Fixture.Bytes("xl-image-head.4.17.save")))
        .Answers("sh -c 'tail*", "AAAAAAAAAAA=\n")
        .Answers("xl list", Header)
        .Answers("xl list -l", "[]")
        .Answers("xl restore*", "")
        .Answers("rm*", "");

    [Fact]
    public async Task A_good_image_is_restored_and_looked_at()
    {
        _shell.AnswersInTurn("xl list", Header, s_running);

        Guest guest = await RestoreAsync(new RestoreOptions());

        Assert.Equal(("testvm1", 7), (guest.Name, guest.Id));
        Assert.Contains("xl restore /x.save", _shell.Commands);
        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_is_removed_only_once_the_guest_is_there()
    {
        _shell.AnswersInTurn("xl list", Header, s_paused);

        _ = await RestoreAsync(new RestoreOptions { Paused = true, RemoveFile = true, ConfigurationPath = "/x.cfg" });

        Assert.Contains("xl restore -p /x.cfg /x.save", _shell.Commands);
        Assert.Equal("rm -f -- /x.save", _shell.Commands[^1]);
    }

    [Theory]
    [InlineData(false, "--p---")]
    [InlineData(true, "-b----")]
    [InlineData(false, "---sc-")]
    public async Task A_guest_that_is_not_as_it_should_be_keeps_its_image(bool paused, string state)
    {
        _shell.AnswersInTurn("xl list", Header, There.Replace("{0}", state));

        _ = await Assert.ThrowsAsync<GuestStateUnexpectedException>(
            () => RestoreAsync(new RestoreOptions { Paused = paused, RemoveFile = true }));

        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_that_did_not_come_is_missed() => Assert.Equal(
        "a", (await Assert.ThrowsAsync<GuestStateUnexpectedException>(() => RestoreAsync(new RestoreOptions()))).Host);

    [Fact]
    public async Task A_guest_that_the_host_has_already_is_not_restored()
    {
        _shell.Answers("xl list", s_running);

        NameCollisionException e = await Assert.ThrowsAsync<NameCollisionException>(() => RestoreAsync(new RestoreOptions()));

        Assert.Equal("a", e.Host);
        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("xl restore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("renamed", false)]
    [InlineData("testvm1--migratedaway", false)]
    [InlineData("testvm1", true)]
    public async Task A_guest_that_another_host_has_under_any_name_is_not_restored(string name, bool cameMeanwhile)
    {
        string there = s_running.Replace("testvm1", name).TrimEnd() + $" {s_uuid}        -                -\n";
        _other.AnswersInTurn("xl list -v", cameMeanwhile ? Header : there, there);

        GuestCopyElsewhereException e = await Assert.ThrowsAsync<GuestCopyElsewhereException>(() => RestoreAsync(new RestoreOptions()));

        Assert.Equal("b", e.OtherHost);
        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("xl restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_may_have_the_guest_that_is_to_be_restored()
    {
        _other.Throws("xl list -v", new HostUnreachableException("b", "no route"));

        Assert.Equal("b", (await Assert.ThrowsAsync<GuestCopyNotExcludedException>(() => RestoreAsync(new RestoreOptions()))).Silent);
    }

    [Fact]
    public async Task An_image_older_than_its_disk_is_stale()
    {
        _shell.Answers("stat -L -c '%d %i %s %Y %F'*", "36 12909 16777216 1763851300 regular file\n");

        RestorePlan plan = await new GuestRestorer(A.Host(_shell), Timing.Real).PlanAsync("/x.save", [], CancellationToken.None);

        Assert.Equal("/var/lib/libvirt/images/testvm1.img", plan.Stale!.Disk);
    }

    [Fact]
    public async Task A_write_that_was_under_way_when_the_guest_was_saved_makes_nothing_stale()
    {
        _shell.Answers("stat -L -c '%d %i %s %Y %F'*", "36 12909 16777216 1763851260 regular file\n");

        RestorePlan plan = await new GuestRestorer(A.Host(_shell), Timing.Real).PlanAsync("/x.save", [], CancellationToken.None);

        Assert.Null(plan.Stale);
    }

    [Fact]
    public async Task An_image_without_its_end_is_not_restored()
    {
        _shell.Answers("sh -c 'tail*", "AAAAAAAAAAE=\n");

        _ = await Assert.ThrowsAsync<SavedGuestCorruptException>(() => RestoreAsync(new RestoreOptions()));
    }

    private async Task<Guest> RestoreAsync(RestoreOptions options)
    {
        GuestRestorer restorer = new(A.Host(_shell), Timing.Real);
        RestorePlan plan = await restorer.PlanAsync("/x.save", [A.Host(_other)], CancellationToken.None);
        return await restorer.RestoreAsync(plan, options, null, CancellationToken.None);
    }
}
