namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl migrate</c>, with a transport that never asks and never trusts.</summary>
internal static class XlMigrate
{
    public const string TransportMark = "xenmigrate-transport ";

    // libxl starts this in place of its own helper.
    private const string HelperVariable = "LIBXL_SAVE_HELPER=";

    private const string Framed = "XENMIGRATE_STREAM=framed";

    // Only xl's debug lines tell when the guest suspends. Our helper tells it too, and each of those lines, of both hosts,
    // holds the guest up while it stands still: together by a fifth of its pause on hosts where a process takes 50 ms.
    private static readonly string[] s_verbose = ["-vvv"];

    private static readonly Regex s_address = new(@"^(?!-)[A-Za-z0-9._:%\[\]@-]+\z", RegexOptions.CultureInvariant);

    /// <summary>
    /// ssh as xl and our own probe run it on the source: no questions, no unknown keys, and a link that went silent is
    /// given up after a quarter of a minute, since xl would wait for it until TCP does.
    /// </summary>
    public static string[] SshWords { get; } = WordsBy(connection: null);

    /// <summary>The same by a connection of ours that stands already; by one of its own where that is gone.</summary>
    private static string[] WordsBy(SharedConnection? connection) =>
    [
        "ssh", "-T", "-a", "-x",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=yes",
        // A connection that the user shares with others would live and die with theirs. Ours is the move's alone.
        "-o", "ControlMaster=no",
        "-o", "ControlPath=" + (connection?.Path ?? "none"),
        "-o", "ConnectTimeout=10",
        "-o", "ServerAliveInterval=5",
        "-o", "ServerAliveCountMax=3",
    ];

    /// <summary>Whether a host can be named to xl, which puts it into a shell's command line as it is.</summary>
    public static bool IsAddress(string host) => s_address.IsMatch(host);

    /// <summary>
    /// Moves a guest. A line of our own tells the process id of the transport, which is what has to be ended to abort a move;
    /// that of xl is told by what guards it.
    /// </summary>
    public static RemoteCommand Command(
        int id, string destination, HelperPair? helpers = null, PreCopyOptions? requested = null, SharedConnection? connection = null) => new(
        [
            .. SenderEnvironment(helpers, requested), "xl", .. helpers is null ? s_verbose : [], "migrate",
            .. Send(id, destination, helpers?.Destination, connection),
        ]);

    // xl hands the word after -s to a shell, with the host's name after it; if it is empty, it hands it the last word
    // alone. Either is a command line, quoted where all are.
    private static string[] Send(int id, string destination, string? receiver, SharedConnection? connection)
    {
        string[] ssh = ["sh", "-c", $"""echo "{TransportMark}$$" >&2; exec "$@" """, "sh", .. WordsBy(connection)];
        if (receiver is null)
        {
            return ["-s", new RemoteCommand(ssh).ToString(), XlDomain.Text(id), destination];
        }

        // ssh hands its last word to a shell over there.
        RemoteCommand receive = new("env", HelperVariable + receiver, Framed, "xl", "migrate-receive");
        return ["-s", "", XlDomain.Text(id), new RemoteCommand([.. ssh, destination, receive.ToString()]).ToString()];
    }

    private static string[] SenderEnvironment(HelperPair? helpers, PreCopyOptions? requested) => helpers is null
        ? []
        :
        [
            "env",
            HelperVariable + helpers.Source,
            $"{PreCopyOptions.Variable}={requested ?? new PreCopyOptions()}",
            .. helpers.Destination is null ? Array.Empty<string>() : [Framed],
        ];
}
