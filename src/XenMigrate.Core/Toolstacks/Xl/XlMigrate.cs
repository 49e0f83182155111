using System.Text.RegularExpressions;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl migrate</c>, with a transport that never asks and never trusts.</summary>
internal static class XlMigrate
{
    public const string TransportMark = "xenmigrate-transport ";

    private static readonly Regex s_address = new(@"^(?!-)[A-Za-z0-9._:%\[\]@-]+\z", RegexOptions.CultureInvariant);

    /// <summary>
    /// ssh as xl and our own probe run it on the source: no questions, no unknown keys, and a link that went silent is
    /// given up after a quarter of a minute, since xl would wait for it until TCP does.
    /// </summary>
    public static string[] SshWords { get; } =
    [
        "ssh", "-T", "-a", "-x",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=yes",
        "-o", "ConnectTimeout=10",
        "-o", "ServerAliveInterval=5",
        "-o", "ServerAliveCountMax=3",
    ];

    /// <summary>Whether a host can be named to xl, which puts it into a shell's command line as it is.</summary>
    public static bool IsAddress(string host) => s_address.IsMatch(host);

    /// <summary>
    /// Moves a guest. xl is verbose, since only its debug lines tell when the guest suspends; two lines of our own tell
    /// the process ids of xl and of the transport, which is what has to be ended to abort a move.
    /// </summary>
    public static RemoteCommand Command(int id, string destination)
    {
        // xl hands this text to a shell, so it is a command line, quoted where all are.
        string transport = new RemoteCommand(
            ["sh", "-c", $"""echo "{TransportMark}$$" >&2; exec "$@" """, "sh", .. SshWords]).ToString();

        return RemoteCommand.Script(
            $"""echo "{RemoteProcess.Mark}$$" >&2; exec "$@" """,
            "xl", "-vvv", "migrate", "-s", transport, XlDomain.Text(id), destination);
    }
}
