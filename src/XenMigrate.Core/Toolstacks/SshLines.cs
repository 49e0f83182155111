namespace XenMigrate.Toolstacks;

/// <summary>
/// What ssh says itself, told apart from the banner of the far end, which may hold any words: each line of ssh's begins
/// in one of a few ways. What it calls a warning is never why it failed.
/// </summary>
internal static class SshLines
{
    private static readonly Regex s_own = new(
        @"^(?:"
        + @"\[?\w*ssh\w*\]?: |kex_exchange_identification: |banner exchange: |client_loop: |packet_write_\w+: |Write failed: |mux_client\w*: |muxclient: "
        + @"|(?:\S+: )?Permission denied \([\w,-]*\)|Received disconnect from |Disconnected from |Too many authentication failures|Authentication failed"
        + @"|Host key verification failed|No \S+ host key is known for |Host key for |Offending \S+ key |The \S+ host key for |The fingerprint for "
        + @"|@+ *$|@ +WARNING: |WARNING: (?:REMOTE HOST|REVOKED|POSSIBLE DNS)|IT IS POSSIBLE THAT |Someone could be eavesdropping|It is also possible that a host key |Please contact your system admin|Add correct host key in |remove with:"
        + @"|Connection (?:to \S+ (?:closed|port \d+)|(?:closed|reset) by |timed out|corrupted)|Timeout, server |Unable to negotiate |no matching |Could not resolve hostname |lost connection"
        + @"|Bad configuration option|Bad owner or permissions on |command-line: line |\S+: line \d+: |\S+ terminating, \d+ bad configuration options|Load key |sign_and_send_pubkey: |no such identity: |channel \d+: |fatal: "
        + @")",
        RegexOptions.CultureInvariant);

    /// <summary>The lines that are ssh's own, in one text; "" if none is.</summary>
    public static string Own(string text) => string.Join(
        "\n", text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(IsOwn));

    public static bool IsOwn(string line) => s_own.IsMatch(line);
}
