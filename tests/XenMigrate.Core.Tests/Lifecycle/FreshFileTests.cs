namespace XenMigrate.Tests;

/// <summary>The script, run by this machine's sh.</summary>
public sealed class FreshFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Image => Path.Combine(_folder.Path, "it's an image");

    private string Other => Path.Combine(_folder.Path, "other");

    [PosixFact]
    public async Task A_file_that_others_may_read_makes_way_for_one_that_they_may_not()
    {
        File.WriteAllText(Image, "of old");
        _ = await LocalShell.RunAsync(new RemoteCommand("chmod", "644", Image));

        Assert.Equal(0, await MakeAsync());

        Assert.Equal("600 regular empty file", await StatAsync(Image));
    }

    [PosixFact]
    public async Task What_a_link_leads_to_stays_as_it_is()
    {
        File.WriteAllText(Other, "mine");
        _ = File.CreateSymbolicLink(Image, Other);

        Assert.Equal(0, await MakeAsync());

        Assert.Equal(("mine", "600 regular empty file"), (File.ReadAllText(Other), await StatAsync(Image)));
    }

    [PosixFact]
    public async Task Where_none_can_be_made_it_fails()
    {
        _ = Directory.CreateDirectory(Image);

        Assert.NotEqual(0, await MakeAsync());
        Assert.Empty(Directory.GetFileSystemEntries(Image));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<int> MakeAsync() => (await LocalShell.RunAsync(FreshFile.Command(Image))).ExitCode;

    private static async Task<string> StatAsync(string path) =>
        (await LocalShell.RunAsync(new RemoteCommand("stat", "-c", "%a %F", "--", path))).Output.Trim();
}
