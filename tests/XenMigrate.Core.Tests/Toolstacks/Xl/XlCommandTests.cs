namespace XenMigrate.Tests;

/// <summary>The words of the commands, and what a real shell makes of them.</summary>
public class XlCommandTests
{
    [Theory]
    [InlineData("ControlMaster=no")]
    [InlineData("ControlPath=none")]
    public void A_guest_goes_by_a_connection_of_its_own(string option)
    {
        int at = Array.IndexOf(XlMigrate.SshWords, option);

        Assert.Equal("-o", XlMigrate.SshWords[at - 1]);
    }

    [Theory]
    [InlineData("et-virt08", true)]
    [InlineData("root@et-virt08.example.org", true)]
    [InlineData("10.77.0.8", true)]
    [InlineData("fe80::1%eth0", true)]
    [InlineData("", false)]
    [InlineData("-oProxyCommand=reboot", false)]
    [InlineData("-l", false)]
    [InlineData("a b", false)]
    [InlineData("a;reboot", false)]
    [InlineData("$(reboot)", false)]
    [InlineData("a\n", false)]
    [InlineData("a\nreboot", false)]
    [InlineData("bücher", false)]
    public void Only_what_a_shell_leaves_alone_is_an_address(string host, bool isAddress) =>
        Assert.Equal(isAddress, XlMigrate.IsAddress(host));

    [Fact]
    public void No_address_means_anything_to_a_shell() =>
        Gen.String[Gen.Char["ab.-:%@[] \n;$('~#"], 1, 4].Where(XlMigrate.IsAddress).Sample(host =>
            host.IndexOfAny([.. " \t\r\n'\"\\$`;&|<>()*?~#!{}"]) < 0 && host[0] != '-');

    [PosixFact]
    public async Task The_transport_survives_every_shell_on_its_way()
    {
        using TemporaryFolder folder = new();
        // xl as far as it matters: the word after -s and the host are handed to sh, unquoted.
        folder.WriteScript("xl", """printf '%s|' "$@"; echo; exec sh -c "exec $4 $6 xl migrate-receive" """);
        folder.WriteScript("ssh", """echo "ssh $$ $*" """);

        CommandResult result = await LocalShell.RunAsync(XlMigrate.Command(5, "root@et-virt08"), folder.Path);

        string[] lines = result.Output.Split('\n');
        Assert.StartsWith("-vvv|migrate|-s|sh -c ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("|5|root@et-virt08|", lines[0], StringComparison.Ordinal);
        string[] said = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int transport = RemoteProcess.Id(said[0], XlMigrate.TransportMark)!.Value;
        Assert.Equal(
            $"ssh {transport} {string.Join(' ', XlMigrate.SshWords.Skip(1))} root@et-virt08 xl migrate-receive", lines[1]);
    }

    [PosixFact]
    public async Task A_save_gets_its_words_and_leaves_a_file_for_its_owner_alone()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("xl", """printf '%s|' "$@"; umask; : > "$4" """);

        CommandResult result = await LocalShell.RunAsync(
            XlSave.Command(5, $"{folder.Path}/my image", SaveMode.KeepPaused), folder.Path);

        Assert.Equal($"save|-p|5|{folder.Path}/my image|0077\n", result.Output);
        Assert.Equal("600", (await LocalShell.RunAsync(new RemoteCommand("stat", "-c", "%a", $"{folder.Path}/my image"))).Output.Trim());
    }

    [Theory]
    [InlineData(SaveMode.Destroy, "sh xl save 5 /x")]
    [InlineData(SaveMode.KeepRunning, "sh xl save -c 5 /x")]
    [InlineData(SaveMode.KeepPaused, "sh xl save -p 5 /x")]
    public void A_save_keeps_what_it_was_told_to_keep(object mode, string end) =>
        Assert.EndsWith(end, XlSave.Command(5, "/x", (SaveMode)mode).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, false, "xl restore '/my image'")]
    [InlineData("/x.cfg", true, "xl restore -p /x.cfg '/my image'")]
    public void A_restore_has_its_configuration_before_its_image(string? configuration, bool paused, string command) =>
        Assert.Equal(command, XlRestore.Command("/my image", configuration, paused).ToString());

    [Fact]
    public void Guests_go_by_domain_id() => Assert.Equal(
        ["xl pause 5", "xl unpause 5", "xl shutdown 5", "xl destroy 5", "xl rename 5 'a b'", "xl create -q -p /x.cfg"],
        new[]
        {
            XlDomain.Pause(5), XlDomain.Unpause(5), XlDomain.ShutDown(5), XlDomain.Destroy(5), XlDomain.Rename(5, "a b"),
            XlCreate.Command("/x.cfg", paused: true),
        }.Select(command => command.ToString()));

    [Fact]
    public void The_progress_of_a_save_is_read_from_its_lines() => Assert.Equal(
        [6, 12, 18, 25, 31, 37, 43, 50, 56, 62, 68, 75, 81, 87, 93, 100],
        Fixture.Lines("xl-save.4.17.txt").Select(XlProgressLine.Percent).OfType<int>());

    [Fact]
    public async Task A_save_reports_its_progress_while_it_runs()
    {
        Reports<int> percent = new();
        FakeShell shell = new FakeShell("a").Does("sh -c 'umask*", (command, lines, cancellationToken) =>
        {
            foreach (string line in Fixture.Lines("xl-save.4.17.txt"))
            {
                lines!.Report(new OutputLine(true, line));
            }

            return Task.FromResult(new CommandResult(0, "", ""));
        });

        await new XlToolstack(shell, Timing.Real).SaveAsync(5, "/x", SaveMode.Destroy, percent, CancellationToken.None);

        Assert.Equal((6, 100), (percent.Values[0], percent.Values[^1]));
    }
}
