namespace XenMigrate.Tests;

public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TemporaryFolder _folder = new();

    [PosixFact]
    public void A_journal_is_for_its_owner_alone_and_so_is_a_folder_that_is_made_for_it()
    {
        string folder = Path.Combine(_folder.Path, "new");
        string path = Path.Combine(folder, "a.ndjson");

        JournalWriter.Create(path, new FakeTiming().Timing).Dispose();

        if (!OperatingSystem.IsWindows() && IsNet)
        {
            Assert.Equal(OwnersFile, File.GetUnixFileMode(path));
            Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [PosixFact]
    public void What_was_there_before_is_tightened()
    {
        string journal = Path.Combine(_folder.Path, "a.ndjson");
        string other = Path.Combine(_folder.Path, "a.txt");
        if (OperatingSystem.IsWindows() || !IsNet)
        {
            return;
        }

        File.WriteAllText(journal, "");
        File.WriteAllText(other, "");
        File.SetUnixFileMode(journal, Everybody);
        File.SetUnixFileMode(other, Everybody);
        File.SetUnixFileMode(_folder.Path, Everybody | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        PrivateFiles.Tighten(_folder.Path, "*.ndjson");

        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal((OwnersFile, Everybody), (File.GetUnixFileMode(journal), File.GetUnixFileMode(other)));
    }

    public void Dispose() => _folder.Dispose();

    // netstandard2.0 knows no modes, and runs on Windows only.
    private static bool IsNet => !typeof(PrivateFiles).Assembly.GetCustomAttributes(typeof(System.Runtime.Versioning.TargetFrameworkAttribute), false)
        .Cast<System.Runtime.Versioning.TargetFrameworkAttribute>().Single().FrameworkName.StartsWith(".NETStandard", StringComparison.Ordinal);
}
