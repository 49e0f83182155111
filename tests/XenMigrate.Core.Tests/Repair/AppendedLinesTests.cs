using System.Runtime.Versioning;

namespace XenMigrate.Tests;

[SupportedOSPlatform("linux")]
public class AppendedLinesTests
{
    [PosixFact]
    public async Task A_new_file_in_a_new_folder_is_for_its_owner_alone()
    {
        using TemporaryFolder folder = new();
        string path = folder.Path + "/.ssh/known_hosts";

        Assert.Equal(0, (await LocalShell.RunAsync(AppendedLines.Command(path, ["b ssh-ed25519 AAAA", "it's $HOME; rm -rf /"]))).ExitCode);

        Assert.Equal("b ssh-ed25519 AAAA\nit's $HOME; rm -rf /\n", File.ReadAllText(path));
        Assert.Equal("600 700", await ModesAsync(path, folder.Path + "/.ssh"));
    }

    [PosixTheory]
    [InlineData("c ssh-rsa BBBB", "c ssh-rsa BBBB\nb ssh-ed25519 AAAA\n")]
    [InlineData("c ssh-rsa BBBB\n", "c ssh-rsa BBBB\nb ssh-ed25519 AAAA\n")]
    [InlineData("", "b ssh-ed25519 AAAA\n")]
    public async Task What_is_there_stays_as_it_is_with_its_mode(string before, string after)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("known_hosts", before);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal(0, (await LocalShell.RunAsync(AppendedLines.Command(path, ["b ssh-ed25519 AAAA"]))).ExitCode);

        Assert.Equal(after, File.ReadAllText(path));
        Assert.StartsWith("640", await ModesAsync(path, folder.Path), StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task A_file_that_can_not_be_written_is_said()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(32, (await LocalShell.RunAsync(AppendedLines.Command(folder.Path, ["b ssh-ed25519 AAAA"]))).ExitCode);
    }

    private static async Task<string> ModesAsync(string file, string folder) =>
        (await LocalShell.RunAsync(new RemoteCommand("stat", "-c", "%a", file, folder))).Output.Trim().Replace('\n', ' ');
}
