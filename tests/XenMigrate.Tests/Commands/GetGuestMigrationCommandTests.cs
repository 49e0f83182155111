namespace XenMigrate.Tests.Commands;

public sealed class GetGuestMigrationCommandTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "xenmigrate-" + Guid.NewGuid().ToString("N"));
    private readonly TestRunspace _runspace = new();
    private DateTimeOffset _now = DateTimeOffset.UtcNow.AddSeconds(-10);

    public void Dispose()
    {
        _runspace.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Moves_are_told_newest_first()
    {
        _ = Write("web", ends: true);
        _ = Write("db", ends: false);

        Written written = Run($"Get-GuestMigration -LogPath '{_folder}'");

        Assert.Equal(["db: a to b, InFlight", "web: a to b, Finished"], written.Texts);
        Assert.Empty(written.Errors);
    }

    [Fact]
    public void Names_and_states_choose_among_them()
    {
        _ = Write("web1", ends: true);
        _ = Write("web2", ends: false);
        _ = Write("db", ends: true);

        Assert.Equal(["web2", "web1"], Names("web*"));
        Assert.Equal(["db", "web1"], Names("-State Finished"));
        Assert.Empty(Names("other"));
    }

    [Fact]
    public void A_single_journal_can_be_named_as_a_result_names_it()
    {
        string path = Write("web", ends: true);
        _ = Write("web", ends: false);

        Written written = Run($"Made XenMigrate.MigrationResult @{{ Name = 'web'; Source = 'a'; Destination = 'b'; LogPath = '{path}' }} | Get-GuestMigration");

        Assert.Equal(path, Assert.IsType<GuestMigration>(Assert.Single(written.Output)).LogPath);
    }

    [Fact]
    public void Without_a_folder_there_are_no_moves()
    {
        Written written = Run($"Get-GuestMigration -LogPath '{_folder}'");

        Assert.Empty(written.Output);
        Assert.Empty(written.Errors);
    }

    private IEnumerable<string> Names(string arguments) =>
        Run($"Get-GuestMigration {arguments} -LogPath '{_folder}'").Output.Cast<GuestMigration>().Select(move => move.Name);

    private Written Run(string script) => _runspace.Run(script);

    private string Write(string name, bool ends)
    {
        _now = _now.AddSeconds(1);
        DateTimeOffset now = _now;
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), now);
        using MoveJournal journal = new(Timing.Real with { Now = () => now });
        journal.Begin(Guid.NewGuid(), new Guest { Name = name, ComputerName = "a" }, "a", "b", MigrationMode.Live, null);
        journal.Open(path);
        if (ends)
        {
            journal.End(new TimeoutException("over"));
        }

        return path;
    }
}
