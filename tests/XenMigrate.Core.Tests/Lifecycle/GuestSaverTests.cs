namespace XenMigrate.Tests;

public class GuestSaverTests
{
    private readonly FakeShell _shell = new FakeShell("a")
        .Fails("test -e*")
        .Fails("test -d*")
        .Answers("stat -f*", "1000000 4096\n")
        .Answers("sh -c 'umask*", "")
        .Answers("stat -L*", "134492495 1763851234\n")
        .Answers("sh -c 'head*", Convert.ToBase64String(Fixture.Bytes("xl-image-head.4.17.save")))
        .Answers("sh -c 'tail*", "AAAAAAAAAAA=\n")
        .Answers("sh -c 'rm*", "")
        .Answers("mv*", "")
        .Answers("rm*", "");

    [Fact]
    public async Task An_image_gets_its_name_once_it_is_whole()
    {
        SavedGuest saved = await SaveAsync();

        Assert.Equal("/x.save", saved.RemotePath);
        string[] steps = [.. _shell.Commands.Where(command => !command.Contains("stat", StringComparison.Ordinal) && !command.StartsWith("test", StringComparison.Ordinal))];
        Assert.Equal(FreshFile.Command("/x.save.partial").ToString(), steps[0]);
        Assert.EndsWith("xl save 5 /x.save.partial", steps[1], StringComparison.Ordinal);
        Assert.Contains("head -c", steps[2], StringComparison.Ordinal);
        Assert.Matches("^mv .* /x.save.partial /x.save$", steps[4]);
    }

    [Fact]
    public async Task A_file_that_exists_is_not_replaced_unasked()
    {
        _shell.Answers("test -e*", "");

        RemotePathInvalidException e = await Assert.ThrowsAsync<RemotePathInvalidException>(() => SaveAsync());

        Assert.Contains("exists on a", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(_shell.Commands, command => command.Contains("xl save", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_is_refused_before_the_guest_is_touched(bool overwrite)
    {
        _shell.Answers("test -e*", "").Answers("test -d*", "");

        RemotePathInvalidException e = await Assert.ThrowsAsync<RemotePathInvalidException>(
            () => SaveAsync(new SaveOptions { Overwrite = overwrite }, "/s/"));

        Assert.Contains("is a folder on a", e.Message, StringComparison.Ordinal);
        Assert.Equal("Give the path of a file in it: /s/{Name}.save", e.Advice);
        Assert.DoesNotContain(_shell.Commands, command => command.Contains("xl save", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_can_not_get_its_name_is_told_of()
    {
        _shell.Fails("mv*", "mv: cannot move: Is a directory");

        RemotePathInvalidException e = await Assert.ThrowsAsync<RemotePathInvalidException>(() => SaveAsync());

        Assert.Contains("is /x.save.partial", e.Message, StringComparison.Ordinal);
        Assert.Contains("Restore-Guest '/x.save.partial' -ComputerName 'a'", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_on_request()
    {
        _shell.Answers("test -e*", "");

        Assert.Equal("testvm1", (await SaveAsync(new SaveOptions { Overwrite = true })).Name);
    }

    [Theory]
    [InlineData("30000 4096\n", "117 MiB free on a, and the image needs 145")]
    [InlineData("0 4096\n", "0 MiB free")]
    public async Task A_folder_without_room_is_found_before_the_guest_is_touched(string room, string message)
    {
        _shell.Answers("stat -f*", room);

        RemotePathInvalidException e = await Assert.ThrowsAsync<RemotePathInvalidException>(() => SaveAsync());

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_shell.Commands, command => command.Contains("xl save", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said()
    {
        _shell.Fails("stat -f*", "stat: cannot read file system information for '/y': No such file or directory");

        RemotePathInvalidException e = await Assert.ThrowsAsync<RemotePathInvalidException>(() => SaveAsync(path: "/y/x.save"));

        Assert.Contains("No such file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_image_of_a_save_that_failed_is_removed()
    {
        _shell.Fails("sh -c 'umask*", "Failed to save domain, resuming domain").Answers("xl list", Table("-b----")).Answers("xl list -l", "[]");

        _ = await Assert.ThrowsAsync<RemoteCommandFailedException>(() => SaveAsync());

        Assert.Equal("rm -f -- /x.save.partial", _shell.Commands[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("---ss-")]
    [InlineData("-----d")]
    public async Task An_image_may_be_all_of_a_guest_that_does_not_go_on_and_is_kept(string? state)
    {
        _shell.Fails("sh -c 'umask*", "Killed").Answers("xl list", Table(state)).Answers("xl list -l", "[]");

        _ = await Assert.ThrowsAsync<RemoteCommandFailedException>(() => SaveAsync());

        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_is_kept_if_nobody_tells_whether_its_guest_goes_on()
    {
        _shell.Fails("sh -c 'umask*", "Killed").Fails("xl list", "xl: out of memory");

        _ = await Assert.ThrowsAsync<RemoteCommandFailedException>(() => SaveAsync());

        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_is_not_whole_keeps_its_partial_name()
    {
        _shell.Answers("sh -c 'tail*", "AAAAAAAAAAE=\n");

        SavedGuestCorruptException e = await Assert.ThrowsAsync<SavedGuestCorruptException>(() => SaveAsync());

        Assert.Equal("/x.save.partial", e.Path);
        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("mv", StringComparison.Ordinal) || command.StartsWith("rm", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(GuestState.Paused)]
    [InlineData(GuestState.Suspended)]
    [InlineData(GuestState.Crashed)]
    public async Task A_guest_that_does_not_run_is_not_saved(GuestState state) => await Assert.ThrowsAsync<GuestNotRunningException>(
        () => new GuestSaver(A.Host(_shell), Timing.Real).SaveAsync(A.Guest(state: state), "/x.save", new SaveOptions(), null, CancellationToken.None));

    [Theory]
    [InlineData("x.save")]
    [InlineData("")]
    [InlineData("~/x.save")]
    public async Task A_path_that_depends_on_where_the_shell_is_is_refused(string path) =>
        await Assert.ThrowsAsync<RemotePathInvalidException>(() => SaveAsync(path: path));

    [Fact]
    public void A_name_can_not_lead_a_path_astray() => Assert.Equal(
        "/s/.._.._etc-20261122-220000.save", RemotePath.Expand("/s/{Name}-{Date}.save", "../../etc", FakeTiming.Start));

    [Theory]
    [InlineData("/x.save", "/")]
    [InlineData("/a/b/x.save", "/a/b")]
    public void The_folder_of_a_path_is_all_before_the_last_slash(string path, string folder) =>
        Assert.Equal(folder, RemotePath.Folder(path));

    private static string Table(string? state) =>
        "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
        + "Domain-0                                     0   400     1     r-----      74.8\n"
        + (state is null ? "" : $"web                                          5   128     1     {state}       4.4\n");

    private Task<SavedGuest> SaveAsync(SaveOptions? options = null, string path = "/x.save") =>
        new GuestSaver(A.Host(_shell), Timing.Real).SaveAsync(A.Guest(), path, options ?? new SaveOptions(), null, CancellationToken.None);
}
