namespace XenMigrate.Simulation.Hosts;

/// <summary>
/// The only place that knows what the engine's scripts are made of. What it does not know is an error: nothing is passed
/// over in silence.
/// </summary>
internal static class RemoteWords
{
    /// <summary>The tool's own words in a command: without what guards it, notes its process or sets its environment.</summary>
    public static string[] Act(RemoteCommand command) => Inner([.. GuardedAct.Act(command).Words]);

    /// <summary>Whether it goes on when the connection breaks that it was started by.</summary>
    public static bool Survives(RemoteCommand command) =>
        Expected(command) is not null || command.Words.Any(word => word.Contains("trap '' HUP PIPE", StringComparison.Ordinal));

    /// <summary>What the guard expects; null if the command has no guard.</summary>
    public static Expectation? Expected(RemoteCommand command) => GuardedAct.Is(command.Words) ? GuardedAct.Expected(command.Words) : null;

    /// <summary>The process that a script of ours ends, with the name that it must have; null if it is no such script.</summary>
    public static (string Process, Func<string, bool> Is)? Kill(string[] words) =>
        words is not ["sh", "-c", var script, "sh", var process] || !script.Contains("kill -TERM \"$1\"", StringComparison.Ordinal) ? null
        : script.Contains("= ssh ]", StringComparison.Ordinal) ? (process, name => name == "ssh")
        : script.Contains("xl|virsh|xm|python*)", StringComparison.Ordinal) ? (process, name => name is "xl" or "virsh" or "xm")
        : throw new NotSupportedException($"A script ends processes in an unknown way: {script}");

    /// <summary>The process whose bytes a script of ours watches; null if it is no such script.</summary>
    public static string? Watched(string[] words) =>
        words is ["nice", "-n", _, "sh", "-c", var script, "sh", var process] && script.Contains("wchar:", StringComparison.Ordinal) ? process : null;

    /// <summary>The guest whose save helper a script of ours waits for, to watch its bytes; null if it is no such script.</summary>
    public static string? WatchedHelper(string[] words) =>
        words is ["sh", "-c", var script, "sh", var id] && script.Contains("pgrep -o -f", StringComparison.Ordinal) ? id : null;

    /// <summary>Whether a script of ours asks libvirt for all its guests.</summary>
    public static bool AsksLibvirt(string[] words) =>
        words is ["sh", "-c", var script, "sh", "always" or "managed"] && script.Contains("virsh -q", StringComparison.Ordinal);

    /// <summary>A command in few words, for people.</summary>
    public static string Text(RemoteCommand command) => string.Join(' ', Act(command).Select(word => word.Length <= 40 ? word : word[..20].ReplaceLineEndings(" ") + "…"));

    private static string[] Inner(string[] words) => words switch
    {
        ["sh", "-c", XlHandOver.RestoreScript, "sh", _, var name, .. var restore] => [.. restore, "as", name],
        ["sh", "-c", XlHandOver.StartScript, "sh", var id, var name] => ["xl", "unpause", id, "as", name],
        // The folder of what a move before wanted, its guest's id, and what the source calls the destination come first.
        ["sh", "-c", var script, "sh", _, _, _, .. var inner] when script.Contains("getent ahosts", StringComparison.Ordinal)
            && script.TrimEnd().EndsWith("exec \"$@\"", StringComparison.Ordinal) => Inner(inner),
        ["sh", "-c", var script, "sh", .. var inner] when script.TrimEnd().EndsWith("exec \"$@\"", StringComparison.Ordinal) => Inner(inner),
        _ => words,
    };
}
