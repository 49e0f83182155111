using System.Diagnostics;

namespace XenMigrate.Tests;

/// <summary>The words of the commands, and what a real shell makes of them.</summary>
public class LibvirtCommandTests
{
    private const string Migrate = "-q|-c|xen:///system|migrate|";

    [Fact]
    public void Guests_go_by_domain_id() => Assert.Equal(
        ["suspend 5", "resume 5", "shutdown 5", "destroy 5", "create --paused --file /x.xml", "save 5 --file '/my image'", "restore --file /x"],
        new[]
        {
            Virsh.Pause(5), Virsh.Unpause(5), Virsh.ShutDown(5), Virsh.Destroy(5), Virsh.Create("/x.xml", paused: true),
            Virsh.Save(5, "/my image"), Virsh.Restore("/x", paused: false),
        }.Select(command => command.ToString().Replace("virsh -q -c xen:///system ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("et-virt08", "xen+ssh://et-virt08/system?no_tty=1", "et-virt08")]
    [InlineData("root@et-virt08", "xen+ssh://root@et-virt08/system?no_tty=1", "et-virt08")]
    [InlineData("fe80::1%eth0", "xen+ssh://[fe80::1%25eth0]/system?no_tty=1", "fe80::1%eth0")]
    [InlineData("root@[::1]", "xen+ssh://root@[::1]/system?no_tty=1", "::1")]
    public void The_destination_becomes_a_uri_and_a_host(string address, string connection, string host)
    {
        Assert.Equal(connection, LibvirtAddress.Connection(address));
        Assert.Equal(host, LibvirtAddress.Host(address));
    }

    [PosixFact]
    public async Task The_memory_goes_to_the_address_that_the_source_knows()
    {
        CommandResult result = await MigrateAsync(Request("b"), "echo '10.77.0.8 STREAM b'; echo '10.77.0.9 STREAM'");

        Assert.Equal(Migrate + "--live|5|xen+ssh://b/system?no_tty=1|tcp://10.77.0.8|\n", result.Output);
        Assert.NotNull(RemoteProcess.Id(result.Error.TrimEnd(), RemoteProcess.Mark));
    }

    [PosixFact]
    public async Task An_address_of_colons_stands_in_brackets() => Assert.EndsWith(
        "|tcp://[fd00::8]|\n", (await MigrateAsync(Request("b"), "echo 'fd00::8 STREAM b'")).Output, StringComparison.Ordinal);

    [PosixFact]
    public async Task A_name_that_only_ssh_knows_is_left_to_libvirt() => Assert.Equal(
        Migrate + "--live|5|xen+ssh://b/system?no_tty=1|\n", (await MigrateAsync(Request("b"), "exit 2")).Output);

    [PosixFact]
    public async Task Wishes_become_options() => Assert.StartsWith(
        Migrate + "--persistent|--undefinesource|5|",
        (await MigrateAsync(Request("b") with { Live = false, Persist = true, RemoveSourceDefinition = true }, "exit 2")).Output,
        StringComparison.Ordinal);

    [PosixFact]
    public async Task What_is_wanted_of_the_daemons_helper_is_in_a_file_for_root_alone_while_virsh_runs()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("getent", "exit 2");
        folder.WriteScript("virsh", $"cat '{folder.Path}/run/domain-5/options'; stat -c %a '{folder.Path}/run/domain-5/options'; exit 7");
        TransferRequest request = Request("b") with
        {
            Helpers = new HelperPair("/h/here", null),
            PreCopy = new PreCopyOptions { EnforceDowntime = true },
        };

        CommandResult result = await LocalShell.RunAsync(LibvirtMigrate.Command(request, Path.Combine(folder.Path, "run")), folder.Path);

        Assert.Equal((7, "downtime=0.3,fallback=abort,enforce=yes\n600\n"), (result.ExitCode, result.Output));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "run/domain-5")));
    }

    [PosixFact]
    public async Task What_a_killed_move_wanted_is_not_what_the_next_one_wants()
    {
        using TemporaryFolder folder = new();
        string options = Path.Combine(folder.Path, "run/domain-5/options");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(options)!);
        File.WriteAllText(options, "downtime=0.3,fallback=abort,enforce=yes\n");
        folder.WriteScript("getent", "exit 2");
        folder.WriteScript("virsh", $"[ ! -e '{options}' ] && echo forgotten");

        CommandResult result = await LocalShell.RunAsync(LibvirtMigrate.Command(Request("b"), Path.Combine(folder.Path, "run")), folder.Path);

        Assert.Equal("forgotten\n", result.Output);
    }

    [PosixFact]
    public async Task A_move_whose_wishes_can_not_be_told_does_not_begin()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("virsh", "echo moved");
        File.WriteAllText(Path.Combine(folder.Path, "run"), "a file where a folder should be");
        TransferRequest request = Request("b") with { Helpers = new HelperPair("/h/here", null), PreCopy = new PreCopyOptions() };

        CommandResult result = await LocalShell.RunAsync(LibvirtMigrate.Command(request, Path.Combine(folder.Path, "run")), folder.Path);

        Assert.Equal((false, ""), (result.Succeeded, result.Output));
    }

    [PosixFact]
    public async Task Virsh_goes_on_when_its_connection_breaks()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("getent", "exit 2");
        folder.WriteScript("virsh", "kill -HUP $$; kill -PIPE $$; echo survived");

        Assert.Equal("survived\n", (await LocalShell.RunAsync(LibvirtMigrate.Command(Request("b")), folder.Path)).Output);
    }

    [PosixFact]
    public async Task What_the_process_of_a_guest_writes_is_counted_until_it_ends()
    {
        // Other runs of this test have processes of their own.
        int guest = Random.Shared.Next(100_000, 100_000_000);
        using Process other = StartHelper((guest * 10) + 5);
        using Process helper = StartHelper(guest);
        using Process watch = LocalShell.Start(LibvirtMigrate.Watch(guest).ToString());

        _ = long.Parse((await watch.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        helper.StandardInput.Close();
        await helper.WaitForExitAsync();
        await watch.WaitForExitAsync();
        bool otherLives = !other.HasExited;
        other.StandardInput.Close();

        Assert.Equal((0, true), (watch.ExitCode, otherLives));
    }

    [Fact]
    public async Task What_libvirt_can_not_do_is_refused_before_anything_is_sent()
    {
        FakeShell shell = new("a");
        LibvirtToolstack libvirt = LibvirtToolstack.First(shell, Timing.Real);

        foreach (Func<Task> act in new Func<Task>[]
        {
            () => libvirt.RenameAsync(5, "x", CancellationToken.None),
            () => libvirt.SaveAsync(5, "/x", SaveMode.KeepPaused, null, CancellationToken.None),
            () => libvirt.SaveAsync(5, "/x", SaveMode.KeepRunning, null, CancellationToken.None),
            () => libvirt.RestoreAsync("/x", "/x.xml", paused: false, null, CancellationToken.None),
        })
        {
            _ = await Assert.ThrowsAsync<NotSupportedByToolstackException>(act);
        }

        Assert.Empty(shell.Commands);
    }

    private static TransferRequest Request(string address) => new(A.Guest(), new FakeShell("a"), address, Timing.Real);

    private static async Task<CommandResult> MigrateAsync(TransferRequest request, string getent)
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("getent", getent);
        folder.WriteScript("virsh", """printf '%s|' "$@"; echo""");
        return await LocalShell.RunAsync(LibvirtMigrate.Command(request), folder.Path);
    }

    /// <summary>A process that looks as libxl's does, and lives until its input ends.</summary>
    private static Process StartHelper(int guest) =>
        LocalShell.Start($"exec bash -c 'exec -a \"libxl-save-helper --save-domain 38 35 {guest} 1 136 0\" cat'");
}
