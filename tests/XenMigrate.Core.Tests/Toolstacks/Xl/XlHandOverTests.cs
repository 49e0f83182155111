namespace XenMigrate.Tests;

/// <summary>By a real shell, with an xl that notes what it was told.</summary>
public sealed class XlHandOverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PosixFact]
    public async Task What_is_restored_has_the_name_of_a_copy_on_its_way_at_once()
    {
        Xl($"printf '%s\n' 'UUID ID name' '{Guid.NewGuid()}  4  other' '{A.Uuid}  9  42'");

        CommandResult result = await RunAsync(XlHandOver.Restore(A.Uuid, "42", "/images/a b"));

        Assert.Equal((0, "restore -p /images/a b\nvm-list\nrename 9 42--incoming\n"), (result.ExitCode, await DoneAsync()));
    }

    [PosixFact]
    public async Task What_was_not_restored_is_an_error_and_so_is_what_is_not_found()
    {
        Xl("printf '%s\n' 'UUID ID name'");
        CommandResult lost = await RunAsync(XlHandOver.Restore(A.Uuid, "web", "/images/web"));
        Xl("exit", fails: "restore");
        CommandResult failed = await RunAsync(XlHandOver.Restore(A.Uuid, "web", "/images/web"));

        Assert.False(lost.Succeeded);
        Assert.Equal(3, failed.ExitCode);
    }

    [PosixFact]
    public async Task A_guest_has_its_name_before_it_runs()
    {
        Xl("exit");
        Assert.True((await RunAsync(XlHandOver.Start(9, "it's web"))).Succeeded);
        Assert.Equal("rename 9 it's web\nunpause 9\n", await DoneAsync());

        Xl("exit", fails: "rename");
        Assert.False((await RunAsync(XlHandOver.Start(9, "web"))).Succeeded);
        Assert.Equal("rename 9 web\n", await DoneAsync());
    }

    private void Xl(string list, string fails = "nothing")
    {
        File.Delete(Path.Combine(_folder.Path, "done"));
        _ = _folder.WriteScript("xl", $"""
            echo "$*" >> {_folder.Path}/done
            [ "$1" != {fails} ] || exit 3
            [ "$1" != vm-list ] || {list}
            """);
    }

    private Task<CommandResult> RunAsync(RemoteCommand command) => LocalShell.RunAsync(command.ToString(), _folder.Path);

    private Task<string> DoneAsync() => File.ReadAllTextAsync(Path.Combine(_folder.Path, "done"));
}
