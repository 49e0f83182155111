namespace XenMigrate.Ssh.Tests;

/// <summary>Looks at this machine's processes, which are the remote ones of these tests.</summary>
public static class RemoteProcesses
{
    /// <summary>Whether a process runs; one that only waits to be collected by its parent does not.</summary>
    public static bool Runs(int process) => State(process) is not (null or 'Z' or 'X');

    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && Fields(id) is { } fields && fields[1] == parent.ToString(CultureInfo.InvariantCulture))];

    private static char? State(int process) => Fields(process)?[0][0];

    // What follows the program's name, which is in brackets and may hold anything: state, parent, group …
    private static string[]? Fields(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
