using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using XenMigrate.Repair;

namespace XenMigrate.Toolstacks;

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
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromMinutes(10);

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
    /// Waits until the host says that the process ended, however long it goes on; the connection is made again as often as
    /// it takes. A host that says nothing for ten minutes is given up: silence is no end.
    /// </summary>
    /// <returns>Whether the process ended; false if nobody can say.</returns>
    public static Task<bool> WaitForEndAsync(IHostShell host, int process, Timing timing, Action<string> note) =>
        WaitAsync(
            host,
            async () => !(await host.RunAsync(IsAlive(process), CancellationToken.None).ConfigureAwait(false)).Succeeded,
            timing,
            note);

    /// <summary>
    /// The same for the tool that works on a guest, where the connection broke before it told which process it is: it is
    /// looked for by its words.
    /// </summary>
    /// <param name="words">Words of its command line, all of which it has.</param>
    public static Task<bool> WaitForEndAsync(IHostShell host, string[] words, Timing timing, Action<string> note) =>
        WaitAsync(
            host,
            async () => !(await MovesUnderWay.Question(host.Endpoint.ComputerName).AskAsync(host, CancellationToken.None).ConfigureAwait(false))
                .Any(process => words.All(process.Split(' ').Contains)),
            timing,
            note);

    private static async Task<bool> WaitAsync(IHostShell host, Func<Task<bool>> hasEndedAsync, Timing timing, Action<string> note)
    {
        TimeSpan until = timing.Elapsed() + s_longestSilence;
        while (timing.Elapsed() < until)
        {
            try
            {
                if (await hasEndedAsync().ConfigureAwait(false))
                {
                    return true;
                }

                until = timing.Elapsed() + s_longestSilence;
            }
            catch (XenMigrateException e)
            {
                note($"xenmigrate: {e.Message}");
            }

            await timing.Delay(s_interval, CancellationToken.None).ConfigureAwait(false);
        }

        note($"xenmigrate: {host.Endpoint.ComputerName} said nothing for {s_longestSilence.TotalMinutes:0} minutes, so whether the tool ended there is not known.");
        return false;
    }
}
