namespace XenMigrate.Guards;

/// <summary>
/// A tool that goes on when the connection that started it breaks: it ignores SIGPIPE and has no terminal. Nobody may
/// judge what it does before it ended.
/// </summary>
internal static class RemoteProcess
{
    /// <summary>Before the process id, on a line of its own on standard error.</summary>
    public const string Mark = "xenmigrate-process ";

    private const string EndScript =
        """
        read -r name < "/proc/$1/comm" || exit
        case $name in
        xl|virsh|xm|python*) kill -TERM "$1" ;;
        *) exit 1 ;;
        esac
        """;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    // After that nobody can say what the tool does, and it is said so. It is no end.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static RemoteCommand IsAlive(int process) =>
        new("test", "-d", "/proc/" + process.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends a tool of ours: xl, virsh or xm, whoever has the number by now.</summary>
    public static RemoteCommand End(int process) =>
        RemoteCommand.Script(EndScript, process.ToString(CultureInfo.InvariantCulture));

    /// <summary>The process id in a line that begins with a mark of ours, or null if the line is none.</summary>
    public static int? Id(string line, string mark) =>
        line.StartsWith(mark, StringComparison.Ordinal)
        && int.TryParse(line.Substring(mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : null;

    /// <summary>
    /// Waits until the host says that the tool which was started last for a guest ended, however long it goes on; the
    /// connection is made again as often as it takes. As long as the host says nothing, nobody can say: silence is no end.
    /// </summary>
    /// <param name="lease">Who started it, for which guest; without one it is found by its number alone.</param>
    /// <param name="process">Its number, if it was told.</param>
    /// <returns>How it ended; null if nobody can say.</returns>
    public static async Task<WorkEnd?> WaitForEndAsync(IHostShell host, GuestLease? lease, int? process, Timing timing, Action<string> note)
    {
        TimeSpan until = timing.Elapsed() + s_patience;
        WorkEnd? before = null;
        while (timing.Elapsed() < until)
        {
            try
            {
                WorkEnd? end = await LookAsync(host, lease, process).ConfigureAwait(false);
                // What the host has not begun when the connection breaks, it may begin a moment later.
                if (end is not null && (end.WasStarted || before is not null))
                {
                    return end;
                }

                before = end;
                until = timing.Elapsed() + s_patience;
            }
            catch (HostNotConnectedException e)
            {
                // The session was ended on purpose, and nothing can be asked by it any more.
                note($"xenmigrate: {e.Message}");
                return null;
            }
            catch (XenMigrateException e)
            {
                note($"xenmigrate: {e.Message}");
            }

            await timing.Delay(s_interval, CancellationToken.None).ConfigureAwait(false);
        }

        note($"xenmigrate: {host.Endpoint.ComputerName} said nothing for {s_patience.TotalMinutes:0} minutes, so whether the tool ended there is not known.");
        return null;
    }

    /// <summary>How the tool ended; null if it runs.</summary>
    private static async Task<WorkEnd?> LookAsync(IHostShell host, GuestLease? lease, int? process)
    {
        if (lease is { Uuid: { } uuid })
        {
            return WorkEnd.Parse(await host.RunAsync(LeaseCommands.Work(uuid, lease.Holder), CancellationToken.None).ConfigureAwait(false));
        }

        return process is not { } id ? throw new OutputNotUnderstoodException(IsAlive(0), "which process it is was not told", "")
            : (await host.RunAsync(IsAlive(id), CancellationToken.None).ConfigureAwait(false)).Succeeded ? null
            : new WorkEnd(WasStarted: true);
    }
}

/// <summary>That a tool does not run.</summary>
/// <param name="WasStarted">Whether it ever did.</param>
internal sealed record WorkEnd(bool WasStarted)
{
    /// <summary>What a host says of a tool; null if it runs.</summary>
    /// <exception cref="OutputNotUnderstoodException">It says nothing that can be understood.</exception>
    public static WorkEnd? Parse(CommandResult result)
    {
        string[] words = result.Output.Trim().Split(' ');
        return (words[0], words.Length > 1 ? words[1] : "") switch
        {
            ("runs", not "") => null,
            ("none", "") => new WorkEnd(WasStarted: false),
            ("ended", var code) when int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
                new WorkEnd(WasStarted: true),
            _ => throw new OutputNotUnderstoodException(new RemoteCommand("sh"), "whether the tool ended is not told", result.Output + result.Error),
        };
    }
}
