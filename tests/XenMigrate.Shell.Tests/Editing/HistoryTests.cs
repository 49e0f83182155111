using XenMigrate.Shell.Editing;

namespace XenMigrate.Shell.Tests.Editing;

public sealed class HistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-history-").FullName;

    private string FilePath => Path.Combine(_folder, "state", "history");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_repeated_line_is_kept_once()
    {
        History history = new(["a", "a", " ", "b"]);

        Assert.Equal(["a", "b"], history.Lines);
    }

    [Fact]
    public void It_holds_the_newest_two_thousand()
    {
        History history = new(Enumerable.Range(0, 2100).Select(number => $"{number}"));

        Assert.Equal(2000, history.Lines.Count);
        Assert.Equal("2099", history.Older());
    }

    [Theory]
    [InlineData("Get-Guest")]
    [InlineData("if (1) {\n  'C:\\new'\n}")]
    [InlineData("'\\n'")]
    public void The_next_shell_knows_it(string line)
    {
        new HistoryFile(FilePath).Append(line);

        Assert.Equal([line], new HistoryFile(FilePath).Read());
    }

    [Theory]
    [InlineData("$password = 'x'")]
    [InlineData("ConvertTo-SecureString x -AsPlainText -Force")]
    [InlineData("$env:API_TOKEN = 'x'")]
    public void What_looks_like_a_secret_is_not_written(string line)
    {
        new HistoryFile(FilePath).Append(line);

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Nobody_else_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        new HistoryFile(FilePath).Append("Get-Guest");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void No_file_is_an_empty_history() => Assert.Empty(new HistoryFile(FilePath).Read());
}
