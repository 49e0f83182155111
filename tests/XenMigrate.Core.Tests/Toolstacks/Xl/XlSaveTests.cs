using System.Runtime.Versioning;

namespace XenMigrate.Tests;

/// <summary>By a real shell, with an xl that writes into the file that it is given, as it does.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class XlSaveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PosixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_is_for_its_owner_alone_and_goes_where_no_link_leads(bool isLink)
    {
        string path = Path.Combine(_folder.Path, "a b.save");
        string other = Path.Combine(_folder.Path, "other");
        await File.WriteAllTextAsync(isLink ? other : path, "old");
        File.SetUnixFileMode(isLink ? other : path, (UnixFileMode)0b110_100_100);
        if (isLink)
        {
            _ = File.CreateSymbolicLink(path, other);
        }

        _ = _folder.WriteScript("xl", "for path; do :; done; echo memory > \"$path\"");

        Assert.True((await LocalShell.RunAsync(XlSave.Command(5, path, SaveMode.KeepPaused).ToString(), _folder.Path)).Succeeded);

        Assert.Equal("memory\n", await File.ReadAllTextAsync(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(isLink ? "old" : null, isLink ? await File.ReadAllTextAsync(other) : null);
    }
}
