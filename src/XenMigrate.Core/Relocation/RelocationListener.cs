namespace XenMigrate.Relocation;

/// <summary>xend's listener for guests: whether it is there.</summary>
internal static class RelocationListener
{
    public static readonly RemoteCommand Start = new("service", "xend", "start");

    public static readonly RemoteCommand Restart = new("service", "xend", "restart");

    private const string State = "LISTEN";

    private static readonly RemoteCommand s_lsof = Listeners.Command;

    // For hosts without lsof.
    private static readonly RemoteCommand s_netstat = new("netstat", "-l", "-n", "-t");

    // xend's own start waits for it, but its threads open their sockets when they like.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    /// <exception cref="RelocationDisabledException">Nobody listens there, or nobody can tell.</exception>
    public static async Task WaitForAsync(IHostShell shell, int port, Timing timing, CancellationToken cancellationToken)
    {
        TimeSpan start = timing.Elapsed();
        while (true)
        {
            IReadOnlyList<CommandResult> results = await shell
                .RunAllAsync([s_lsof, s_netstat], HostShellExtensions.ReadTimeout, cancellationToken).ConfigureAwait(false);
            string host = shell.Endpoint.ComputerName;
            if (results.Any(result => Listens(result.Output, port)))
            {
                return;
            }

            if (results.All(result => result.ExitCode == 127))
            {
                throw new RelocationDisabledException(host, port, "neither lsof nor netstat is there to look for it");
            }

            if (timing.Elapsed() - start >= s_patience)
            {
                throw new RelocationDisabledException(
                    host, port, $"xend was restarted, and after {s_patience.TotalSeconds:0} s nothing listens there");
            }

            await timing.Delay(s_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether lsof or netstat tells of a socket that listens on a port.</summary>
    public static bool Listens(string output, int port)
    {
        string end = ":" + port.ToString(CultureInfo.InvariantCulture);
        return output.Split('\n').Any(line => line.Contains(State)
            && line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Any(word => word.EndsWith(end, StringComparison.Ordinal)));
    }
}
