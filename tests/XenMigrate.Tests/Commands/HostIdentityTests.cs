namespace XenMigrate.Tests.Commands;

/// <summary>What a user sees of hosts that have another's name, or another name.</summary>
public sealed class HostIdentityTests : IDisposable
{
    private const string Marks = "cat /etc/machine-id /var/lib/dbus/machine-id /sys/class/dmi/id/product_uuid";

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private readonly FakeHost _a = Host("a", 1);
    private readonly TestRunspace _runspace;

    public HostIdentityTests() => _runspace = new TestRunspace(new FakeNetwork(_a, Host("alias", 1), Host("b", 2).With("web 5 -b----")));

    [Fact]
    public void Another_machine_of_the_name_of_a_drained_one_is_in_service_and_that_is_said()
    {
        Drain("a", 7);

        Assert.False(Assert.IsType<MigrationHost>(Assert.Single(Run("Connect-MigrationHost a; Get-MigrationHost a").Output.Skip(1))).Drained);
        ErrorRecord error = Assert.Single(Run("Resume-MigrationHost a -Confirm:$false").Errors);
        Assert.StartsWith("DrainNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("another machine that was called a,", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drained_host_is_found_under_its_other_name()
    {
        Drain("a", 1);

        Assert.True(Assert.IsType<MigrationHost>(Assert.Single(Run("Connect-MigrationHost alias; Get-MigrationHost alias").Output.Skip(1))).Drained);
        Written blocked = Run("Suspend-MigrationHost b -Destination alias -Confirm:$false");
        Assert.Contains("alias was drained itself", Assert.Single(blocked.Errors).Exception.Message, StringComparison.Ordinal);

        Assert.Empty(Run("Resume-MigrationHost alias -Confirm:$false").Errors);
        Assert.Empty(HostDrain.All(_folder));
    }

    [Fact]
    public void A_drained_host_that_is_not_connected_is_connected_where_its_name_is_not_known()
    {
        Drain("a", 1);

        Assert.Empty(Run("Resume-MigrationHost alias -Confirm:$false").Errors);
        Assert.Empty(HostDrain.All(_folder));
    }

    [Fact]
    public void A_drained_host_that_is_off_is_put_back_by_its_name_alone()
    {
        Drain("gone", 3);

        Assert.Empty(Run("Resume-MigrationHost gone -Confirm:$false").Errors);
        Assert.Empty(HostDrain.All(_folder));
    }

    [Fact]
    public void Journals_of_another_machine_of_the_name_are_left_out_and_that_is_said()
    {
        using (MoveJournal journal = new(Timing.Real))
        {
            journal.Begin(Guid.NewGuid(), new Guest { Name = "web", ComputerName = "a" }, Known("a", 7), "b", MigrationMode.Live, null);
            journal.Open(JournalFolder.NewPath(_folder, Guid.NewGuid(), DateTimeOffset.UtcNow));
        }

        Written told = Run("Get-GuestMigration -ComputerName a");

        Assert.Empty(told.Output);
        Assert.Contains(told.Warnings, warning => warning.StartsWith("1 journal told of other machines", StringComparison.Ordinal));
        Assert.Single(Run("Get-GuestMigration").Output);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Written Run(string script) => _runspace.Run(string.Join("; ", script.Split("; ").Select(
        command => command.StartsWith("Connect", StringComparison.Ordinal) ? command : $"{command} -LogPath '{_folder}'")));

    private static string Told(int number) => $"{number:x32}\n{number:x8}-0000-0000-0000-000000000000\n";

    private static FakeHost Host(string name, int number) => new FakeHost(name).Answers(Marks, Told(number), exitCode: 1)
        .Answers("cat /proc/sys/kernel/random/boot_id", $"{number:x8}-0000-0000-0000-000000000000\n");

    private NamedHost Known(string name, int number)
    {
        MachineMarks marks = MachineMarks.Parse(Told(number));
        return new NamedHost(name, new HostIdentity(marks.Installation, marks.Hardware, number == 1 ? _a.Endpoint.HostKeyFingerprint : "SHA256:other"));
    }

    private void Drain(string name, int number)
    {
        using DrainJournal journal = DrainJournal.Begin(_folder, Guid.NewGuid(), Known(name, number), Timing.Real);
        journal.End(isComplete: true);
    }
}
