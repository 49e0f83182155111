namespace XenMigrate.Ssh.Tests;

/// <summary>Gives this user another login shell, for the processes of one server: in a passwd that they alone see.</summary>
internal static class LoginShell
{
    private const string Script = """mount --bind "$1" /etc/passwd; shift; exec "$@" """;

    /// <summary>Why that can't be done here, or null.</summary>
    public static string? WhyNot { get; } = SshServer.UserName != "root"
        ? "Only root can give a process a passwd of its own."
        : CanUnshare() ? null : "This system lets nobody unshare its mounts.";

    public static Process Start(TemporaryFolder folder, string shell, string[] command)
    {
        string user = SshServer.UserName + ":";
        string passwd = folder.Write("passwd", string.Concat(File.ReadLines("/etc/passwd")
            .Select(line => line.StartsWith(user, StringComparison.Ordinal) ? line[..(line.LastIndexOf(':') + 1)] + shell : line)
            .Select(line => line + "\n")));
        return Programs.Start("unshare", ["-m", "sh", "-c", Script, "sh", passwd, .. command]);
    }

    private static bool CanUnshare()
    {
        using Process process = Programs.Start("unshare", "-m", "true");
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
