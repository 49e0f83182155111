namespace XenMigrate.Tests;

/// <summary>A host with a relocation configuration in memory, which it reads and writes as a real one.</summary>
internal sealed class FakeXend
{
    public FakeXend(string configuration)
    {
        Configuration = configuration;
        _ = Shell
            .Does("od *", (_, _, _) => Task.FromResult(new CommandResult(0, Dump(Configuration), "")))
            .Does("sh -c *", (command, _, _) => Task.FromResult(Write(command.Words)))
            .Answers("service xend restart", "Restarting xend\n")
            .Fails("lsof *");
    }

    public FakeShell Shell { get; } = new("a");

    public string Configuration { get; set; }

    /// <summary>The name and text of the file that was replaced.</summary>
    public (string Path, string Text)? Backup { get; private set; }

    public HostSession Host(ToolstackKind kind = ToolstackKind.Xend) => new(
        Shell,
        kind == ToolstackKind.Xend ? new XendToolstack(Shell, Timing.Real) : new XlToolstack(Shell, Timing.Real),
        new HostInformation("3.1.2", 1151, 735, "cpu", "credit", "", TimeSpan.Zero),
        FakeTiming.Start);

    public static string Dump(string text) => string.Concat(
        text.Chunk(16).Select(line => string.Concat(line.Select(c => $" {(int)c:x2}")) + "\n"));

    private CommandResult Write(IReadOnlyList<string> words)
    {
        Assert.Equal(["sh", "-c", RelocationWrite.Script], words.Take(3));
        if (RelocationFile.Decode(words[5]) != Configuration)
        {
            return new CommandResult(RelocationWrite.Changed, "", "");
        }

        Backup = (words[4] + words[7], Configuration);
        Configuration = RelocationFile.Decode(words[6]);
        return new CommandResult(0, "", "");
    }
}
