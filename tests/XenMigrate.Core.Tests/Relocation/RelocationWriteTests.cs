namespace XenMigrate.Tests;

/// <summary>The script that writes, by this machine's own sh.</summary>
public sealed class RelocationWriteTests : IDisposable
{
    private const string Old = "# M\u00fcll\r\n(a 'b\\\\c')\n\t%s \"$x\" `y`\n";
    private const string New = "# M\u00fcll\r\n(a 'd\\\\e')\n\t%s \"$x\" `y`\n";

    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "xend-config.sxp");

    [PosixFact]
    public async Task The_file_is_replaced_and_the_old_one_kept()
    {
        Begin(Old);
        _ = await LocalShell.RunAsync(new RemoteCommand("chmod", "640", Path));

        CommandResult result = await WriteAsync();

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(New, Read(Path));
        Assert.Equal(Old, Read(Path + ".old"));
        Assert.Equal(["xend-config.sxp", "xend-config.sxp.old"], Names());
        Assert.Equal("640\n", (await LocalShell.RunAsync(new RemoteCommand("stat", "-c", "%a", Path))).Output);
    }

    [PosixFact]
    public async Task A_link_stays_a_link()
    {
        Begin(Old, "real.sxp");
        _ = System.IO.File.CreateSymbolicLink(Path, "real.sxp");

        CommandResult result = await WriteAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("real.sxp", new System.IO.FileInfo(Path).LinkTarget);
        Assert.Equal(New, Read(Path));
        Assert.Equal(["real.sxp", "real.sxp.old", "xend-config.sxp"], Names());
    }

    [PosixFact]
    public async Task The_owner_stays_who_it_was()
    {
        Begin(Old);
        if ((await LocalShell.RunAsync(new RemoteCommand("chown", "12:34", Path))).ExitCode != 0)
        {
            // Only root can give files away.
            return;
        }

        _ = await WriteAsync();

        CommandResult owner = await LocalShell.RunAsync(new RemoteCommand("stat", "-c", "%u:%g", Path));
        Assert.Equal("12:34\n", owner.Output);
    }

    [PosixFact]
    public async Task A_file_that_somebody_changed_is_not_overwritten()
    {
        Begin(Old + "# mine\n");

        await FailsAsync(RelocationWrite.Changed, Old + "# mine\n");
    }

    [PosixFact]
    public async Task A_file_that_somebody_replaces_at_the_last_moment_is_not_overwritten()
    {
        Begin(Old);
        // The last thing before the rename is to compare the old text, and then somebody is faster.
        string path = Tool("cmp", $"/usr/bin/cmp \"$@\"; r=$?; case \"$*\" in *.old) rm '{Path}'; echo other > '{Path}';; esac; exit $r");

        await FailsAsync(RelocationWrite.Changed, "other\n", path);
    }

    [PosixFact]
    public async Task A_backup_of_the_same_name_is_not_overwritten()
    {
        Begin(Old);
        Begin("older", "xend-config.sxp.old");

        CommandResult result = await WriteAsync();

        Assert.Equal(RelocationWrite.Failed, result.ExitCode);
        Assert.Equal((Old, "older"), (Read(Path), Read(Path + ".old")));
        Assert.Equal(["xend-config.sxp", "xend-config.sxp.old"], Names());
    }

    [PosixTheory]
    [InlineData("cp")]
    [InlineData("ln")]
    [InlineData("mv")]
    [InlineData("mktemp")]
    [InlineData("cmp")]
    public async Task Whatever_fails_the_file_is_as_it_was(string tool)
    {
        Begin(Old);

        await FailsAsync(RelocationWrite.Failed, Old, Tool(tool, $"echo '{tool} says no' >&2; exit 1"));
    }

    [PosixFact]
    public async Task A_signal_during_the_rename_leaves_the_new_file_and_the_old_one()
    {
        Begin(Old);
        string path = Tool("mv", "kill -TERM $PPID; /bin/mv \"$@\"");

        CommandResult result = await WriteAsync(path);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal((New, Old), (Read(Path), Read(Path + ".old")));
    }

    [PosixFact]
    public async Task A_full_disk_leaves_the_file_as_it_was()
    {
        Begin(Old);
        // The copy is made, and then it is a file that takes no byte.
        string path = Tool("cp", "/bin/cp \"$@\" && for new; do :; done && rm \"$new\" && /bin/ln -s /dev/full \"$new\"");

        await FailsAsync(RelocationWrite.Failed, Old, path);
    }

    [PosixFact]
    public async Task A_mode_that_can_not_be_kept_is_a_failure()
    {
        Begin(Old);

        await FailsAsync(RelocationWrite.OwnerLost, Old, Tool("cp", "/bin/cp \"$@\" && for new; do :; done && chmod 755 \"$new\""));
    }

    [PosixFact]
    public async Task A_missing_file_is_not_made()
    {
        CommandResult result = await WriteAsync();

        Assert.Equal(RelocationWrite.NotFound, result.ExitCode);
        Assert.Empty(Names());
    }

    [PosixFact]
    public void Any_text_arrives_whole() => Gen.Byte.Array[0, 40].Sample(
        bytes =>
        {
            string text = Encoding.Latin1.GetString(bytes).Replace("\0", "");
            CommandResult dump = LocalShell.RunAsync(
                "printf %b " + new RemoteCommand("x", RelocationFile.Encode(text)).ToString()[2..] + " | od -A n -v -t x1").Result;

            Assert.Equal(text, RelocationFile.Parse(dump.Output));
            Assert.Equal(text, RelocationFile.Decode(RelocationFile.Encode(text)));
        },
        iter: 100);

    public void Dispose() => _folder.Dispose();

    private async Task FailsAsync(int exitCode, string expected, string? path = null)
    {
        CommandResult result = await WriteAsync(path);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(expected, Read(Path));
        Assert.Equal(["xend-config.sxp"], Names().Except(["tools"]));
        Assert.Throws<ConfigurationWriteFailedException>(() => RelocationWrite.Check("a", Path, result));
    }

    private Task<CommandResult> WriteAsync(string? path = null) =>
        LocalShell.RunAsync(RelocationWrite.Command(Path, Old, New, ".old"), path);

    private void Begin(string text, string name = "xend-config.sxp") =>
        System.IO.File.WriteAllText(System.IO.Path.Combine(_folder.Path, name), text, Encoding.Latin1);

    private static string Read(string path) => System.IO.File.ReadAllText(path, Encoding.Latin1);

    private IEnumerable<string> Names() =>
        System.IO.Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => System.IO.Path.GetFileName(path)!).Order();

    /// <summary>A folder for PATH with a tool that does something else.</summary>
    private string Tool(string name, string script)
    {
        string folder = System.IO.Path.Combine(_folder.Path, "tools");
        _ = System.IO.Directory.CreateDirectory(folder);
        _ = _folder.WriteScript(System.IO.Path.Combine("tools", name), script);
        return folder;
    }
}
